using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>Answers APDUs in order and keeps what was asked.</summary>
internal sealed class FakeApduLink(params byte[][] answers) : IApduLink
{
    private int _next;

    public List<byte[]> Sent { get; } = [];

    public string Port => "esme-01";

    public ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        Sent.Add(apdu.ToArray());
        return new ValueTask<ReadOnlyMemory<byte>>(answers[_next++]);
    }
}
