using System.Buffers;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A frame that only an adapter sends: a callback, or a general answer.</summary>
/// <param name="Id">What the frame is.</param>
/// <typeparam name="T">What it carries.</typeparam>
public sealed record EzspCallback<T>(EzspFrameId Id) : IEzspExchange
    where T : struct, IEzspMessage<T>
{
    /// <inheritdoc/>
    public string? DescribeCommand(ReadOnlyMemory<byte> parameters, EzspVersion version) => null;

    /// <inheritdoc/>
    public string? DescribeResponse(ReadOnlyMemory<byte> parameters, EzspVersion version) =>
        EzspFrame.ReadParameters(parameters, version, out T message, out _) == OperationStatus.Done ? message.ToString() : null;
}
