namespace DeviceHarness.Virtual.Commands;

/// <summary>Keeps nothing: for hosts that need no oracle.</summary>
public sealed class NoCommandLog : ICommandLog
{
    private NoCommandLog()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoCommandLog Instance { get; } = new();

    /// <inheritdoc/>
    public void Append(CommandRecord command)
    {
    }
}
