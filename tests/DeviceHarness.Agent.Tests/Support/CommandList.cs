using System.Collections.Concurrent;
using DeviceHarness.Virtual.Commands;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A virtual meter's own log of commands, kept in memory.</summary>
internal sealed class CommandList : ICommandLog
{
    private readonly ConcurrentQueue<CommandRecord> _commands = new();

    /// <summary>How many methods were invoked.</summary>
    public int Actions => _commands.Count(command => command.Service == "ACTION");

    /// <summary>How many attributes were set and methods invoked.</summary>
    public int Changes => _commands.Count(command => command.Service is "SET" or "ACTION");

    /// <summary>The parameters, in hexadecimal, of the invocations of a method that the meter carried out, or began, in order.</summary>
    public IReadOnlyList<string> Of(string name, int method) =>
    [
        .. _commands.Where(command => command is { Service: "ACTION", Result: 0 or 2 })
            .Where(command => command.Object == name && command.Member == method)
            .Select(command => command.Data),
    ];

    /// <summary>All of it, in order.</summary>
    public IReadOnlyList<CommandRecord> Commands => [.. _commands];

    /// <summary>Told of each command when it is kept.</summary>
    public Action<CommandRecord> Appended { get; set; } = static _ => { };

    public void Append(CommandRecord command)
    {
        _commands.Enqueue(command);
        Appended(command);
    }
}
