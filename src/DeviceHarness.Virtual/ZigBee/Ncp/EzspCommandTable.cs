using System.Buffers;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What the adapter does for each command.</summary>
internal sealed class EzspCommandTable
{
    private readonly Dictionary<EzspFrameId, Entry> _entries = [];

    /// <summary>Carries a command out and encodes its answer.</summary>
    /// <returns>Null when done, otherwise why not.</returns>
    public delegate EzspStatus? Handler(
        in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version, Span<byte> answer, out int writtenOctets);

    /// <summary>Adds a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="handle">What it does.</param>
    /// <param name="from">The first version that has it.</param>
    /// <param name="to">The last version that has it.</param>
    public void On<TCommand, TResponse>(
        EzspCommand<TCommand, TResponse> command, Func<TCommand, TResponse> handle, byte from = 0, byte to = byte.MaxValue)
        where TCommand : struct, IEzspMessage<TCommand>
        where TResponse : struct, IEzspMessage<TResponse>
    {
        EzspFrameId id = command.Id;
        _entries[id] = new Entry(from, to, Carry);

        EzspStatus? Carry(
            in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version, Span<byte> answer, out int writtenOctets)
        {
            writtenOctets = 0;
            if (EzspFrame.ReadParameters(parameters, version, out TCommand request, out _) != OperationStatus.Done)
            {
                return EzspStatus.Truncated;
            }

            TResponse response = handle(request);
            OperationStatus status = EzspFrame.Encode(
                header.ToResponse(id), version.HeaderForm, version, response, answer, out writtenOctets);
            return status == OperationStatus.Done ? null : EzspStatus.Overflow;
        }
    }

    /// <summary>The handler of a command; null when the version does not have it.</summary>
    public Handler? Find(EzspFrameId id, EzspVersion version) =>
        _entries.TryGetValue(id, out Entry? entry) && version.Number >= entry.From && version.Number <= entry.To ? entry.Handler : null;

    private sealed record Entry(byte From, byte To, Handler Handler);
}
