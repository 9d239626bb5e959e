using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Tests;

/// <summary>A server that answers each APDU from a script. Framing and counters are the tests' own; the APDUs of the answers come from the
/// vectors, with the invoke id that every server repeats.</summary>
public sealed class ScriptedMeter : IAsyncDisposable
{
    private const int SegmentBit = 8;

    private readonly IByteTransport _transport;
    private readonly Task _serving;
    private readonly List<byte> _octets = [];
    private readonly List<byte> _segments = [];
    private int _receiveState;
    private int _sendState;
    private byte[]? _unacknowledged;
    private int _answers;

    public ScriptedMeter(IByteTransport transport)
    {
        _transport = transport;
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Answers to APDUs by the octets they begin with, invoke id as C1; an empty answer is silence.</summary>
    public Dictionary<string, Queue<byte[]>> Script { get; } = [];

    /// <summary>Answers an APDU before the script is asked; null leaves it to the script, an empty answer is silence.</summary>
    public Func<byte[], byte[]?>? Responder { get; set; }

    /// <summary>The APDUs that came, in order, with the invoke id as C1.</summary>
    public List<byte[]> Requests { get; } = [];

    /// <summary>How often SNRM came.</summary>
    public int Connects { get; private set; }

    /// <summary>What becomes of the nth frame from the meter (from 0): any number of frames goes out in its place.</summary>
    public Func<int, byte[], IEnumerable<byte[]>> Fault { get; set; } = (_, frame) => [frame];

    /// <summary>Whether anything is answered at all.</summary>
    public bool IsDead { get; set; }

    /// <summary>Whether the link is forgotten, as after an inactivity time-out: requests get DM until SNRM comes.</summary>
    public bool HasLostLink { get; set; }

    public ScriptedMeter Answer(string request, params byte[][] answers)
    {
        Script[request.Replace(" ", string.Empty, StringComparison.Ordinal)] = new Queue<byte[]>(answers);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _serving;
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                TransportRead read = await _transport.ReadAsync(buffer, Timeout.InfiniteTimeSpan, CancellationToken.None);
                _octets.AddRange(buffer[..read.Count]);
                while (TryTakeFrame() is byte[] frame)
                {
                    if (Serve(frame) is byte[] answer && !IsDead)
                    {
                        await SendAsync(answer);
                    }
                }
            }
        }
        catch (TransportException)
        {
            // The line is gone: the meter's day is over.
            return;
        }
    }

    private async Task SendAsync(byte[] answer)
    {
        foreach (byte[] frame in Fault(_answers++, answer))
        {
            _ = await _transport.WriteAsync(frame, CancellationToken.None);
        }
    }

    private byte[]? TryTakeFrame()
    {
        int start = _octets.FindIndex(octet => octet != 0x7E);
        if (start < 1 || _octets.Count < start + 2)
        {
            return null;
        }

        int length = ((_octets[start] & 7) << 8) | _octets[start + 1];
        if (_octets.Count < start + length + 1)
        {
            return null;
        }

        byte[] frame = [0x7E, .. _octets.Skip(start).Take(length), 0x7E];
        _octets.RemoveRange(0, start + length);
        return frame;
    }

    private byte[]? Serve(byte[] frame)
    {
        int control = frame[5];
        switch (control)
        {
            case 0x93:
                (_receiveState, _sendState, _unacknowledged, HasLostLink) = (0, 0, null, false);
                _segments.Clear();
                Connects++;
                return MeterFrames.Vector("ua-default-params");
            case 0x53:
                return MeterFrames.Ua();
        }

        if (HasLostLink)
        {
            return MeterFrames.Dm();
        }

        if (_unacknowledged is not null && control >> 5 == (_sendState + 1) % 8)
        {
            _sendState = control >> 5;
            _unacknowledged = null;
        }

        if ((control & 1) == 0 && ((control >> 1) & 7) == _receiveState)
        {
            _receiveState = (_receiveState + 1) % 8;
            byte[]? apdu = (frame[1] & SegmentBit) == 0 ? AnswerTo(frame) : Hold(frame);
            _unacknowledged = apdu is null ? null : MeterFrames.Information(_sendState, _receiveState, apdu);
        }

        return _unacknowledged ?? MeterFrames.ReceiveReady(_receiveState);
    }

    /// <summary>A segment of an APDU is acknowledged and kept; only the first has the LLC header.</summary>
    private byte[]? Hold(byte[] frame)
    {
        _segments.AddRange(frame[8..^3]);
        return null;
    }

    private byte[]? AnswerTo(byte[] frame)
    {
        byte[] request = [.. _segments.Concat(frame[8..^3]).Skip(3)];
        _segments.Clear();
        bool hasInvokeId = request[0] is >= 0xC0 and <= 0xC3;
        byte invokeId = hasInvokeId ? request[2] : (byte)0;
        request[2] = hasInvokeId ? (byte)0xC1 : request[2];
        Requests.Add(request);
        if (Responder?.Invoke(request) is { } computed)
        {
            return computed.Length == 0 ? null : [.. computed[..2], invokeId, .. computed[3..]];
        }

        string key = Script.Keys.FirstOrDefault(prefix => Convert.ToHexString(request).StartsWith(prefix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"no answer is scripted to {Convert.ToHexString(request)}");
        byte[] answer = [.. Script[key].Count > 1 ? Script[key].Dequeue() : Script[key].Peek()];
        if (answer.Length == 0)
        {
            return null;
        }

        if (hasInvokeId)
        {
            answer[2] = invokeId;
        }

        return answer;
    }
}
