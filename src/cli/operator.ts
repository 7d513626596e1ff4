import type { App } from '../app/app.ts';
import {
  addOperator,
  disableOperator,
  ensureAdministrator,
  resetPassword,
  revokeToken,
  setRoles,
  type Administration,
} from '../app/operators.ts';
import { changePassword, makeToken, type NotDone } from '../app/sign-in.ts';
import { ROLES, isGoverned, type Role } from '../governance/operator.ts';
import { operatorSentences, roleNames } from '../messages/operators.ts';
import { listed, say } from '../messages/sentence.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { credentials } from './credentials.ts';
import { withApp } from './open-app.ts';
import { operatorsTable } from './operators-table.ts';
import { UsageError } from './usage-error.ts';

/** Registers people and looks after their roles, passwords and tokens. Exit 0 done, 2 wrong usage, 3 refused. */
export const operator: Command = {
  run(context) {
    const { action } = context.line;
    if (action === 'list')
      return withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
        context.io.out(operatorsTable(await app.governance.operators(), context));
        return 0;
      });
    return withApp(context, { store: 'write', publisher: 'none' }, (app) => {
      switch (action) {
        case 'add':
          return add(context, app);
        case 'roles':
          return roles(context, app);
        case 'disable':
          return disable(context, app);
        case 'token':
          return token(context, app);
        default:
          return password(context, app);
      }
    });
  },
};

async function add(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang } = context;
  const wasGoverned = isGoverned(await app.governance.operators());
  const wanted = { name: nameOf(context), roles: rolesOf(context) };
  if (!wasGoverned) await showFirstPassword(context, app);
  const result = await addOperator(app, administration(context), wanted);
  if (result.kind === 'refused') return refused(context, result);
  const { name, roles: given } = result.operator;
  const spoken = listed(
    given.map((role) => say(roleNames[role], lang)),
    lang,
  );
  io.out(say(operatorSentences.added, lang, { name, roles: spoken, password: result.password }));
  if (!wasGoverned) io.err(say(operatorSentences.nowGoverned, lang));
  return 0;
}

/** From now on only a token counts: nobody may be locked out by a first password that nobody wrote down. */
async function showFirstPassword(context: CommandContext, app: App): Promise<void> {
  await ensureAdministrator(app);
  const first = (await app.governance.operators()).find(({ mustChangePassword }) => mustChangePassword);
  if (first === undefined) return;
  const result = await resetPassword(app, administration(context), first.name);
  if (result.kind === 'refused') return;
  const { name } = result.operator;
  context.io.err(say(operatorSentences.passwordReset, context.lang, { name, password: result.password }));
}

async function roles(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang } = context;
  const wanted = { name: nameOf(context), roles: rolesOf(context) };
  const result = await setRoles(app, administration(context), wanted);
  if (result.kind === 'refused') return refused(context, result);
  const spoken = listed(
    result.operator.roles.map((role) => say(roleNames[role], lang)),
    lang,
  );
  io.out(say(operatorSentences.rolesSet, lang, { name: result.operator.name, roles: spoken }));
  return 0;
}

async function disable(context: CommandContext, app: App): Promise<ExitCode> {
  const result = await disableOperator(app, administration(context), nameOf(context));
  if (result.kind === 'refused') return refused(context, result);
  context.io.out(say(operatorSentences.disabled, context.lang, { name: result.operator.name }));
  return 0;
}

/** Makes a token for whoever knows the password; its words alone go to stdout, so that they can be kept in a file. */
async function token(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang, line } = context;
  const name = nameOf(context);
  const { revoke, label } = line.texts;
  if (revoke !== undefined) {
    const result = await revokeToken(app, administration(context), { name, tokenId: revoke });
    if (result.kind === 'refused') return refused(context, result);
    io.out(say(operatorSentences.tokenRevoked, lang, { id: revoke }));
    return 0;
  }
  const typed = await secret(context, 'askPassword');
  const made = await makeToken(app, { name, password: typed, kind: 'personal', label: label ?? '' });
  if (made.kind === 'refused') return refused(context, made);
  io.err(say(operatorSentences.tokenMade, lang));
  io.out(made.token);
  return 0;
}

/** A person's own password, after the old one; with --reset a new one-time password, by an administrator. */
async function password(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang, line } = context;
  const name = nameOf(context);
  if (line.switches.has('reset')) {
    const result = await resetPassword(app, administration(context), name);
    if (result.kind === 'refused') return refused(context, result);
    io.out(
      say(operatorSentences.passwordReset, lang, { name: result.operator.name, password: result.password }),
    );
    return 0;
  }
  const old = await secret(context, 'askPassword');
  const fresh = await secret(context, 'askNewPassword');
  if ((await secret(context, 'askAgain')) !== fresh)
    throw new UsageError(say(operatorSentences.passwordDiffers, lang));
  const result = await changePassword(app, { name, password: old, newPassword: fresh });
  if (result.kind === 'refused') return refused(context, result);
  io.out(say(operatorSentences.passwordSet, lang, { name: result.operator.name }));
  return 0;
}

async function secret(
  { io, lang, signal }: CommandContext,
  question: 'askPassword' | 'askNewPassword' | 'askAgain',
): Promise<string> {
  const typed = await io.ask(say(operatorSentences[question], lang), signal, 'secret');
  if (typed === null) throw new UsageError(say(operatorSentences.noAnswer, lang));
  return typed;
}

function administration(context: CommandContext): Administration {
  return { ...credentials(context), reason: context.line.texts.reason ?? null };
}

function nameOf({ line, lang }: CommandContext): string {
  const name = line.texts.operator;
  if (name === undefined) throw new UsageError(say(operatorSentences.needsOperator, lang));
  return name;
}

function rolesOf({ line, lang }: CommandContext): Role[] {
  return (line.lists.role ?? []).map((role) => {
    const known = ROLES.find((one) => one === role);
    if (known === undefined) throw new UsageError(say(operatorSentences.roleUnknown, lang, { role }));
    return known;
  });
}

function refused({ io }: CommandContext, { message }: NotDone): ExitCode {
  io.err(message);
  return 3;
}
