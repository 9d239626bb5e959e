using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Tests.Rfc2217;

/// <summary>A server of one port behind RFC 2217, written from the RFC: what passes its line is read and written in clear, what it is told
/// to set it sets and says.</summary>
internal sealed class ComPortServer(IByteTransport connection) : IByteTransport
{
    private readonly List<byte> _data = [];
    private readonly List<byte> _pending = [];

    public string Name => "server";

    public LineRate Rate => LineRate.None;

    /// <summary>What it was told: verb and option, or command and value, in hexadecimal.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Whether it serves a port; else it refuses the option.</summary>
    public bool IsServing { get; init; } = true;

    /// <summary>What it sets instead of the rate that it is told; null for what it is told.</summary>
    public byte[]? OwnRate { get; init; }

    /// <summary>Serves until the connection ends; octets of the line are kept for <see cref="ReadAsync"/>.</summary>
    public async Task ServeUntilAsync(Func<bool> isEnough)
    {
        byte[] octets = new byte[1];
        while (!isEnough())
        {
            TransportRead read = await connection.ReadAsync(octets, Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
            _pending.AddRange(octets.AsSpan(0, read.Count));
            await TakeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (_data.Count == 0)
        {
            byte[] octets = new byte[4096];
            TransportRead read = await connection.ReadAsync(octets, timeout, cancellationToken).ConfigureAwait(false);
            if (read.TimedOut)
            {
                return read;
            }

            _pending.AddRange(octets.AsSpan(0, read.Count));
            await TakeAsync().ConfigureAwait(false);
        }

        int count = Math.Min(target.Length, _data.Count);
        _data[..count].ToArray().CopyTo(target);
        _data.RemoveRange(0, count);
        return new TransportRead(count, System.Diagnostics.Stopwatch.GetTimestamp());
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        byte[] doubled = [.. octets.ToArray().SelectMany(octet => octet == 0xFF ? new byte[] { 0xFF, 0xFF } : [octet])];
        return connection.WriteAsync(doubled, cancellationToken);
    }

    public void DiscardInput() => _data.Clear();

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task TakeAsync()
    {
        List<byte> answers = [];
        while (_pending.Count > 0)
        {
            int used = Take(answers);
            if (used == 0)
            {
                break;
            }

            _pending.RemoveRange(0, used);
        }

        if (answers.Count > 0)
        {
            await connection.WriteAsync(answers.ToArray(), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private int Take(List<byte> answers)
    {
        if (_pending[0] != 0xFF)
        {
            _data.Add(_pending[0]);
            return 1;
        }

        switch (_pending.ElementAtOrDefault(1))
        {
            case 0xFF:
                _data.Add(0xFF);
                return 2;
            case >= 251 and <= 254 when _pending.Count >= 3:
                Told.Add($"{_pending[1]:X2}{_pending[2]:X2}");
                if (_pending[2] == 44)
                {
                    answers.AddRange([0xFF, (byte)(IsServing ? 253 : 254), 44]);
                }

                return 3;
            case 250:
                return TakeSubnegotiation(answers);
            default:
                return 0;
        }
    }

    private int TakeSubnegotiation(List<byte> answers)
    {
        List<byte> content = [];
        for (int at = 2; at + 1 < _pending.Count; at++)
        {
            if (_pending[at] != 0xFF)
            {
                content.Add(_pending[at]);
                continue;
            }

            at++;
            if (_pending[at] == 0xF0)
            {
                Told.Add(Convert.ToHexString(content.ToArray().AsSpan(1)));
                byte[] value = content[1] == 1 && OwnRate is { } own ? own : [.. content.Skip(2)];
                answers.AddRange([0xFF, 0xFA, 44, (byte)(content[1] + 100)]);
                answers.AddRange(value.SelectMany(octet => octet == 0xFF ? new byte[] { 0xFF, 0xFF } : [octet]));
                answers.AddRange([0xFF, 0xF0]);
                return at + 1;
            }

            content.Add(0xFF);
        }

        return 0;
    }
}
