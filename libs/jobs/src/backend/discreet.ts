import type { Redis } from 'ioredis';

/**
 * Makes a new Redis client, and each one that BullMQ duplicates from it, tell no secrets with its errors. ioredis hangs
 * the command on every error, and the command that logs in holds the password; a Redis before version 6 even repeats it
 * in its message.
 */
export function discreet(client: Redis): Redis {
  const sendCommand = client.sendCommand.bind(client);
  const duplicate = client.duplicate.bind(client);
  client.sendCommand = (command, stream) => {
    const { reject } = command;
    command.reject = error => reject(withoutCommand(error));
    return sendCommand(command, stream);
  };
  client.duplicate = ((...args: Parameters<typeof duplicate>) => discreet(duplicate(...args))) as typeof duplicate;
  return client;
}

function withoutCommand(error: Error): Error {
  const plain = new Error(error.message.replace(/, with args beginning with:.*/s, ''));
  return 'code' in error ? Object.assign(plain, { code: error.code }) : plain;
}
