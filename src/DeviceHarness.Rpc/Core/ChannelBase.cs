namespace Grpc.Core;

/// <summary>A way to one server.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates the base of a channel.</summary>
    /// <param name="target">The server, for people.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The server, for people.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker that starts calls on this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Shuts the channel down; calls under way are cancelled.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Shuts the channel down.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;

    /// <inheritdoc/>
    public override string ToString() => Target;
}
