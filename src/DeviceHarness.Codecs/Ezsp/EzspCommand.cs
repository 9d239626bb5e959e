using System.Buffers;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A command and its answer.</summary>
/// <param name="Id">What both frames are.</param>
/// <typeparam name="TCommand">What the command carries.</typeparam>
/// <typeparam name="TResponse">What the answer carries.</typeparam>
public sealed record EzspCommand<TCommand, TResponse>(EzspFrameId Id) : IEzspExchange
    where TCommand : struct, IEzspMessage<TCommand>
    where TResponse : struct, IEzspMessage<TResponse>
{
    /// <inheritdoc/>
    public string? DescribeCommand(ReadOnlyMemory<byte> parameters, EzspVersion version) => Describe<TCommand>(parameters, version);

    /// <inheritdoc/>
    public string? DescribeResponse(ReadOnlyMemory<byte> parameters, EzspVersion version) => Describe<TResponse>(parameters, version);

    private static string? Describe<T>(ReadOnlyMemory<byte> parameters, EzspVersion version)
        where T : struct, IEzspMessage<T> =>
        EzspFrame.ReadParameters(parameters, version, out T message, out _) == OperationStatus.Done
            ? message.ToString()
            : null;
}
