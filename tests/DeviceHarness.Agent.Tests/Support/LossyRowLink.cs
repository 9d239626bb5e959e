using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Virtual.Application;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The application of a meter without a line, which loses blocks of rows: those marked as streaming, and the ends of the meter's
/// rows.</summary>
/// <param name="meter">The meter's application.</param>
/// <param name="isLost">Whether a block is lost; given true for one to the meter.</param>
internal sealed class LossyRowLink(CosemServer meter, Func<bool, bool> isLost) : IRowLink
{
    private readonly Queue<byte[]> _row = new();

    public int Lost { get; private set; }

    public int OneWay { get; private set; }

    public string Port => "esme-01";

    public ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        _row.Clear();
        List<byte[]> answers = [];
        for (ReadOnlyMemory<byte> next = meter.OnApdu(apdu.Span); !next.IsEmpty; next = meter.TakeMore())
        {
            answers.Add(next.ToArray());
        }

        // The first of a row comes: the link below repeats what answers a request.
        foreach ((int index, byte[] answer) in answers.Index())
        {
            if (index > 0 && isLost(false))
            {
                Lost++;
                continue;
            }

            _row.Enqueue(answer);
        }

        return ReceiveAsync(cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        OneWay++;
        if (isLost(true))
        {
            Lost++;
            return new ValueTask<ReadOnlyMemory<byte>>(ReadOnlyMemory<byte>.Empty);
        }

        ReadOnlyMemory<byte> answer = meter.OnApdu(apdu.Span);
        return new ValueTask<ReadOnlyMemory<byte>>(answer.IsEmpty && meter.IsAwaitingMore
            ? answer
            : throw new InvalidOperationException($"{(ApduTag)apdu.Span[0]} that asks for no answer was answered"));
    }

    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) =>
        new(_row.TryDequeue(out byte[]? next) ? next : ReadOnlyMemory<byte>.Empty);
}
