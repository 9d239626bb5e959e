using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>Answers in order, also where nothing was asked; an empty answer is a row that does not go on. Keeps what was sent, and which of
/// it asked for an answer.</summary>
internal sealed class FakeRowLink(params byte[][] answers) : IRowLink
{
    private int _next;

    public List<(byte[] Apdu, bool AsksForAnswer)> Sent { get; } = [];

    public int ReceivedAlone { get; private set; }

    /// <summary>What the device says to a one-way APDU, by how many such came before.</summary>
    public Dictionary<int, byte[]> Early { get; } = [];

    public string Port => "esme-01";

    public ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        Sent.Add((apdu.ToArray(), true));
        return new ValueTask<ReadOnlyMemory<byte>>(answers[_next++]);
    }

    public ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        byte[] early = Early.GetValueOrDefault(Sent.Count(sent => !sent.AsksForAnswer), []);
        Sent.Add((apdu.ToArray(), false));
        return new ValueTask<ReadOnlyMemory<byte>>(early);
    }

    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReceivedAlone++;
        return new ValueTask<ReadOnlyMemory<byte>>(answers[_next++]);
    }
}
