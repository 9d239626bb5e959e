using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.Links.SignOn;

/// <summary>A line to a device that is a function of what was written and of the line's setting at that moment. A wait in which nothing
/// comes moves the clock by its length: nothing here takes time.</summary>
internal sealed class ScriptedLine(Func<LineSetting, byte[], byte[]?> device) : IByteTransport
{
    private readonly Queue<byte[]> _answers = new();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Whether the line takes another rate.</summary>
    public bool CanChange { get; init; } = true;

    /// <summary>How long the process is held up after each write, while the answer comes.</summary>
    public TimeSpan Stall { get; init; }

    public LineSetting Setting { get; private set; } = new(9600, SerialFormat.EightNone1);

    /// <summary>Every setting of the line, in order.</summary>
    public List<LineSetting> Settings { get; } = [];

    /// <summary>Everything written, with the setting at that moment.</summary>
    public List<(LineSetting Setting, byte[] Octets)> Written { get; } = [];

    public string Name => "probe";

    public LineRate Rate => new(Setting.Baud, 10);

    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_answers.TryDequeue(out byte[]? octets))
        {
            octets.CopyTo(target);
            return new(new TransportRead(octets.Length, Time.GetTimestamp()));
        }

        Time.Advance(timeout);
        return new(new TransportRead(0, Time.GetTimestamp()));
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        Written.Add((Setting, octets.ToArray()));
        if (device(Setting, octets.ToArray()) is { Length: > 0 } answer)
        {
            _answers.Enqueue(answer);
        }

        long writtenAt = Time.GetTimestamp();
        Time.Advance(Stall);
        return new(new TransportWrite(writtenAt, writtenAt));
    }

    public void DiscardInput() => _answers.Clear();

    public bool TryChangeLine(LineSetting setting)
    {
        if (CanChange)
        {
            Setting = setting;
            Settings.Add(setting);
        }

        return CanChange;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
