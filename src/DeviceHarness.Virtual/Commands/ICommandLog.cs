namespace DeviceHarness.Virtual.Commands;

/// <summary>Keeps every command that changed, or could have changed, a virtual meter: what really happened, whatever the harness
/// believes.</summary>
public interface ICommandLog
{
    /// <summary>Keeps one command; returns when it will survive the process. The meter answers only afterwards.</summary>
    /// <exception cref="IOException">It cannot be kept: the meter stops rather than answer.</exception>
    void Append(CommandRecord command);
}
