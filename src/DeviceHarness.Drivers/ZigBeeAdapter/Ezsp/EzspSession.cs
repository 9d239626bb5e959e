using System.Buffers;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>What every act with a started adapter needs.</summary>
/// <param name="Client">Commands and answers.</param>
/// <param name="Waits">Callbacks that end what a command began.</param>
/// <param name="Deliveries">What becomes of messages.</param>
/// <param name="Settings">How the adapter is set up.</param>
internal sealed record EzspSession(
    EzspClient Client, EzspCallbackWaits Waits, EzspDeliveries Deliveries, ZigBeeAdapterSettings Settings)
{
    /// <summary>The port, as the rig file names it.</summary>
    internal string Port => Client.Port;

    /// <summary>Reads the parameters of a callback.</summary>
    internal bool TryRead<T>(ReadOnlyMemory<byte> parameters, out T message)
        where T : struct, IEzspMessage<T> =>
        EzspFrame.ReadParameters(parameters, Client.Version, out message, out _) == OperationStatus.Done;

    /// <summary>Sends a command and returns what it answers.</summary>
    internal ValueTask<TResponse> AskAsync<TCommand, TResponse>(
        EzspCommand<TCommand, TResponse> command, TCommand parameters, CancellationToken cancellationToken)
        where TCommand : struct, IEzspMessage<TCommand>
        where TResponse : struct, IEzspMessage<TResponse> =>
        Client.SendAsync(command, parameters, cancellationToken);
}
