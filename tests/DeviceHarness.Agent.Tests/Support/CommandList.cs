using System.Collections.Concurrent;
using DeviceHarness.Virtual.Commands;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A virtual meter's own log of commands, kept in memory.</summary>
internal sealed class CommandList : ICommandLog
{
    private readonly ConcurrentQueue<CommandRecord> _commands = new();

    /// <summary>How many methods were invoked.</summary>
    public int Actions => _commands.Count(command => command.Service == "ACTION");

    public void Append(CommandRecord command) => _commands.Enqueue(command);
}
