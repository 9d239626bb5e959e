namespace Grpc.Core;

/// <summary>The base of a generated client of one service.</summary>
/// <typeparam name="T">The client itself.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>For test doubles: such a client cannot call.</summary>
    protected ClientBase()
    {
    }

    /// <summary>Calls over a channel.</summary>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>Calls through an invoker.</summary>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>Calls as configured.</summary>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The same client for another virtual host.</summary>
    /// <param name="host">The host; sent as <c>:authority</c>.</param>
    public T WithHost(string host) => NewInstance(new ClientBaseConfiguration(Configuration.CallInvoker, host));

    /// <summary>Makes another instance.</summary>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
