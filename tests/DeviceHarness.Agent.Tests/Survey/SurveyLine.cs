using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.Tests.Survey;

/// <summary>A line whose rate and form can be changed, with a device that hears only what comes at its own. Waiting takes no time but the
/// clock's.</summary>
internal sealed class SurveyLine : IByteTransport
{
    private readonly ILineDevice _device;
    private readonly DirectTransport _direct;
    private readonly LineSetting _own;
    private readonly Queue<byte> _noise = new();

    public SurveyLine(ILineDevice device, JumpingClock clock, int baud = 9600)
    {
        _device = device;
        _direct = new DirectTransport(device, clock);
        _own = new LineSetting(baud, SerialFormat.EightNone1);
        clock.Attach(_direct);
        Setting = _own;
    }

    /// <summary>What the line is set to.</summary>
    public LineSetting Setting { get; private set; }

    /// <summary>Each setting that was tried, in order.</summary>
    public List<LineSetting> Tried { get; } = [];

    /// <summary>Whether the device is away.</summary>
    public bool IsDead { get; init; }

    /// <summary>Whether frames to all stations are dropped.</summary>
    public bool IsDeafToAllStations { get; init; }

    /// <summary>Whether the device babbles when it hears something at a wrong rate.</summary>
    public bool IsBabbling { get; init; }

    /// <summary>Whether what is written comes back first, as from an optical head.</summary>
    public bool IsEchoing { get; init; }

    /// <summary>Whether the line cannot be changed.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Called with each write.</summary>
    public Action<ReadOnlyMemory<byte>> Written { get; set; } = static _ => { };

    public string Name => "survey-line";

    public LineRate Rate => new(Setting.Baud, 10);

    private bool IsRight => !IsDead && Setting == (_device.Line ?? _own);

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_noise.Count > 0)
        {
            int count = 0;
            while (count < target.Length && _noise.TryDequeue(out byte octet))
            {
                target.Span[count++] = octet;
            }

            return new TransportRead(count, 0);
        }

        return await _direct.ReadAsync(target, timeout, cancellationToken);
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        Written(octets);
        foreach (byte octet in IsEchoing ? octets.Span : [])
        {
            _noise.Enqueue(octet);
        }

        bool isHeard = IsRight && !(IsDeafToAllStations && IsToAllStations(octets.Span));
        if (!isHeard && IsBabbling)
        {
            _noise.Enqueue(0x55);
            _noise.Enqueue(0xAA);
        }

        return isHeard ? _direct.WriteAsync(octets, cancellationToken) : new ValueTask<TransportWrite>(new TransportWrite(0, 0));
    }

    public void DiscardInput()
    {
        _noise.Clear();
        _direct.DiscardInput();
    }

    public bool TryChangeLine(LineSetting setting)
    {
        if (IsFixed)
        {
            return false;
        }

        Setting = setting;
        Tried.Add(setting);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsToAllStations(ReadOnlySpan<byte> octets) =>
        HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out _, out _) == System.Buffers.OperationStatus.Done
        && frame.Destination.IsAllStation;
}
