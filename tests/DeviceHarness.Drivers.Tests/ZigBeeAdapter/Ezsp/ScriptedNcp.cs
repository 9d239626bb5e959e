using System.Buffers;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>An adapter that answers each command from a script, on a line of its own. It never repeats and never damages a frame; its clock
/// moves only when the test says so.</summary>
internal sealed class ScriptedNcp(byte version = 13) : IByteTransport
{
    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _toHost = new();
    private readonly AshFrameReader _reader = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EzspHeaderForm _form;
    private int _expected;
    private int _number;
    private byte _sequence;
    private string? _gone;

    public ManualTimeProvider Time { get; } = new();

    public EzspVersion Version { get; } = new(version);

    /// <summary>What the adapter says its version is, when it is not the one it speaks.</summary>
    public byte ToldVersion { get; set; } = version;

    /// <summary>Answers by command: parameters in, parameters out; null is silence.</summary>
    public Dictionary<EzspFrameId, Func<byte[], byte[]?>> Answers { get; } = [];

    /// <summary>What the adapter does right after it has answered a command.</summary>
    public Dictionary<EzspFrameId, Action> Then { get; } = [];

    /// <summary>What the adapter does right before it answers a command.</summary>
    public Dictionary<EzspFrameId, Action> First { get; } = [];

    /// <summary>The commands that came, in order.</summary>
    public List<(EzspFrameId Id, byte[] Parameters)> Commands { get; } = [];

    /// <summary>The EZSP frames that came, in order.</summary>
    public List<byte[]> Frames { get; } = [];

    /// <summary>How often RST came.</summary>
    public int Resets { get; private set; }

    public string Name => "zigbee";

    public LineRate Rate => LineRate.None;

    public IEnumerable<EzspFrameId> Ids => Snapshot().Select(command => command.Id);

    /// <summary>The parameters of a command that came.</summary>
    public IEnumerable<byte[]> Of(EzspFrameId id) => Snapshot().Where(command => command.Id == id).Select(command => command.Parameters);

    public byte[] Encode<T>(T message)
        where T : struct, IEzspMessage<T>
    {
        byte[] target = new byte[EzspHeader.MaximumFrameOctets];
        EzspWriter writer = new(target, Version);
        message.Write(ref writer);
        return target[..writer.WrittenOctets];
    }

    public ScriptedNcp Answer<T>(EzspFrameId id, T message)
        where T : struct, IEzspMessage<T>
    {
        Answers[id] = _ => Encode(message);
        return this;
    }

    /// <summary>Sends a callback with the sequence number of the last command.</summary>
    public void Callback<T>(EzspFrameId id, T message)
        where T : struct, IEzspMessage<T> =>
        Send(new() { Sequence = _sequence, IsResponse = true, Callback = EzspCallbackKind.Asynchronous, FrameId = id }, Encode(message));

    public void Send(in EzspHeader header, params byte[] parameters)
    {
        byte[] target = new byte[EzspHeader.MaximumOctets];
        EzspHeader.Encode(header, _form, target, out int octets);
        SendFrame([.. target[..octets], .. parameters]);
    }

    /// <summary>Sends an EZSP frame as it is.</summary>
    public void SendFrame(params byte[] frame)
    {
        lock (_gate)
        {
            Put(AshWords.Frame(AshControl.Data(_number++, _expected), frame));
        }
    }

    public void Reboot(AshResetCode code)
    {
        lock (_gate)
        {
            Put(AshWords.ResetAck(code));
        }
    }

    public void Unplug() => Change(() => _gone = "unplugged");

    /// <summary>Opens the line, as it was when it was closed.</summary>
    public IByteTransport Open()
    {
        Change(() => _gone = null);
        return this;
    }

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_gone is not null)
                {
                    throw new TransportException("TRAN-004", $"zigbee: the port is gone ({_gone})", Name);
                }

                if (_toHost.TryDequeue(out byte[]? octets))
                {
                    octets.CopyTo(target);
                    return new TransportRead(octets.Length, Time.GetTimestamp());
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(timeout, Time, cancellationToken);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                {
                    // What came in the last moment counts: time passes only when the line has nothing.
                    if (_toHost.Count == 0 && _gone is null)
                    {
                        return new TransportRead(0, Time.GetTimestamp());
                    }
                }
            }
        }
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_gone is not null)
            {
                throw new TransportException("TRAN-004", $"zigbee: the port is gone ({_gone})", Name);
            }

            ReadOnlySpan<byte> rest = octets.Span;
            while (!rest.IsEmpty)
            {
                AshReading reading = _reader.Read(rest, out int consumed, out AshFrame frame, out _);
                rest = rest[consumed..];
                if (reading == AshReading.Frame)
                {
                    Take(frame);
                }
            }
        }

        return new(new TransportWrite(Time.GetTimestamp(), Time.GetTimestamp()));
    }

    public void DiscardInput()
    {
        lock (_gate)
        {
            _toHost.Clear();
        }
    }

    public ValueTask DisposeAsync()
    {
        Change(() => _gone ??= "closed");
        return ValueTask.CompletedTask;
    }

    private void Take(in AshFrame frame)
    {
        if (frame.Control.Kind == AshFrameKind.Reset)
        {
            Resets++;
            (_expected, _number, _form) = (0, 0, EzspHeaderForm.Short);
            Put(AshWords.SoftwareReset);
        }
        else if (frame.Control.Kind == AshFrameKind.Data && frame.Control.FrameNumber == _expected)
        {
            _expected = (_expected + 1) % AshControl.SequenceModulus;
            Answer(frame.Data.ToArray());
        }
    }

    private void Answer(byte[] frame)
    {
        Frames.Add(frame);
        if (EzspHeader.Decode(frame, _form, out EzspHeader header, out int octets, out _) != OperationStatus.Done)
        {
            throw new InvalidOperationException($"the host sent {Convert.ToHexString(frame)}");
        }

        byte[] parameters = frame[octets..];
        _sequence = header.Sequence;
        Commands.Add((header.FrameId, parameters));
        First.GetValueOrDefault(header.FrameId)?.Invoke();
        byte[]? answer = header.FrameId == EzspFrameId.Version
            ? Encode(new VersionResponse(ToldVersion, 2, 0x7430))
            : Answers.TryGetValue(header.FrameId, out Func<byte[], byte[]?>? script) ? script(parameters) : [0x31];
        bool isKnown = header.FrameId == EzspFrameId.Version || Answers.ContainsKey(header.FrameId);
        if (answer is not null)
        {
            Send(header.ToResponse(isKnown ? header.FrameId : EzspFrameId.InvalidCommand), answer);
        }
        else
        {
            Put(AshWords.Ack(_expected));
        }

        _form = header.FrameId == EzspFrameId.Version ? Version.HeaderForm : _form;
        Then.GetValueOrDefault(header.FrameId)?.Invoke();
    }

    private List<(EzspFrameId Id, byte[] Parameters)> Snapshot()
    {
        lock (_gate)
        {
            return [.. Commands];
        }
    }

    private void Put(byte[] octets)
    {
        _toHost.Enqueue(octets);
        Signal();
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Signal();
        }
    }

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
