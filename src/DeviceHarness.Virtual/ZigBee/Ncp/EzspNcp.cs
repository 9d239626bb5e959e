using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The EZSP side of a virtual adapter: version negotiation, commands and callbacks, and the coordinator on the radio.</summary>
/// <remarks>Source: EZSP reference, as this harness's ZigBee guide 4 and 5 sum it up. Not safe for use from several threads; time
/// comes with each call.</remarks>
public sealed class EzspNcp : IAshNcpUser, INcpHost, IRadioNode, IKeyHolder
{
    private const byte ZigBeePro = 2;
    private const int MaximumWaitingCallbacks = 32;

    private readonly EzspCommandTable _table = new();
    private readonly NcpSettings _settings;
    private readonly NcpNetwork _network;
    private readonly NcpKeys _keys;
    private readonly NcpMessages _messages;
    private readonly NcpCurves _curves;
    private readonly Func<ReadOnlyMemory<byte>, bool, bool> _send;
    private readonly byte[] _frame = new byte[EzspHeader.MaximumFrameOctets];
    private readonly Queue<byte[]> _waiting = [];
    private readonly EzspVersion _version;
    private byte _lastSequence;
    private bool _isVersionSet;
    private bool _isAnswering;
    private bool _hasOverflow;
    private int _run;

    /// <summary>Switches an adapter on.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="radio">Its radio; the adapter puts itself on it.</param>
    /// <param name="flash">What it keeps without power.</param>
    /// <param name="send">Has a frame sent, and tells whether there was room: the frame, and whether it is a callback.</param>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public EzspNcp(NcpOptions options, SimulatedRadio radio, IMeterFlash flash, Func<ReadOnlyMemory<byte>, bool, bool> send)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(radio);
        Options = options;
        Radio = radio;
        Tokens = new NcpTokens(flash);
        _send = send;
        _version = new EzspVersion(options.ProtocolVersion);
        _settings = new NcpSettings(this, () => IsNetworkUp, _table);
        _keys = new NcpKeys(this, _settings, () => IsNetworkUp, _table);
        _network = new NcpNetwork(this, _settings, _keys, _table);
        _messages = new NcpMessages(this, this, _settings, _network, _keys, _table);
        _curves = new NcpCurves(this, _keys, _table);
        _table.On(EzspCommands.Nop, request => request);
        radio.Add(this);
    }

    /// <summary>What it is.</summary>
    public NcpOptions Options { get; }

    /// <summary>Its radio.</summary>
    public SimulatedRadio Radio { get; }

    /// <summary>The time of the last call.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Whether the network is up.</summary>
    public bool IsNetworkUp => _network is { IsUp: true };

    /// <summary>Whether devices may join.</summary>
    public bool IsOpen => _network.IsOpen;

    /// <summary>The devices to which nothing is delivered, by EUI-64: a test's wish.</summary>
    public ISet<ulong> Undeliverable => _messages.Undeliverable;

    /// <summary>Whether the next answer says that the adapter ran out of memory: a test's wish, or the truth.</summary>
    public bool HasOverflow
    {
        get => _hasOverflow;
        set => _hasOverflow = value;
    }

    /// <summary>The frames that were refused as unknown or malformed.</summary>
    public long Refused { get; private set; }

    /// <inheritdoc/>
    public ulong Eui64 => Options.Eui64;

    /// <inheritdoc/>
    public ushort ShortAddress => Tokens.NodeId;

    /// <inheritdoc/>
    public bool IsJoined => IsNetworkUp;

    /// <inheritdoc/>
    public EmberNodeType NodeType => Tokens.NodeType;

    /// <inheritdoc/>
    public RadioPlace Place { get; } = new();

    /// <inheritdoc/>
    public EzspKey NetworkKey => Tokens.Security.NetworkKey;

    /// <inheritdoc/>
    public bool HasFragmentingHost => true;

    /// <inheritdoc/>
    public uint? NetworkFrameCounter => Tokens.NetworkFrameCounter;

    /// <summary>What it keeps.</summary>
    internal NcpTokens Tokens { get; }

    /// <inheritdoc/>
    NcpTokens INcpHost.Tokens => Tokens;

    /// <inheritdoc/>
    /// <remarks>An adapter that is the coordinator holds two network keys: a device that missed the switch can be heard, and does not hear.
    /// In another's network it hears who uses the key that it holds; what comes under the next key says that it is in use.</remarks>
    public bool Understands(IRadioNode sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (!IsNetworkUp || NodeType == EmberNodeType.Coordinator)
        {
            return IsNetworkUp;
        }

        if (!Tokens.NextNetworkKey.IsZero && sender.NetworkKey == Tokens.NextNetworkKey)
        {
            _keys.SwitchNetworkKey();
        }

        return sender.NetworkKey == NetworkKey;
    }

    /// <inheritdoc/>
    void IKeyHolder.TakeNextNetworkKey(EzspKey key) => _keys.TakeNextNetworkKey(key);

    /// <inheritdoc/>
    void IKeyHolder.SwitchNetworkKey() => _keys.SwitchNetworkKey();

    /// <summary>Does what has fallen due on the radio.</summary>
    /// <param name="now">The time.</param>
    public void Run(TimeSpan now)
    {
        Now = now;
        Radio.Run(now);
    }

    /// <inheritdoc/>
    public void OnReset(TimeSpan now)
    {
        Now = now;
        _run++;
        _isVersionSet = false;
        _lastSequence = 0;
        _waiting.Clear();
        _hasOverflow = false;
        _settings.Clear();
        _keys.Reset();
        _curves.Reset();
        _network.Reset();
        _messages.Reset();
    }

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        Now = now;
        EzspHeaderForm form = IsLegacyVersion(frame) ? EzspHeaderForm.Short : _version.HeaderForm;
        if (EzspHeader.Decode(frame, form, out EzspHeader header, out int consumed, out _) != OperationStatus.Done || header.IsResponse)
        {
            Refused++;
            return;
        }

        _lastSequence = header.Sequence;
        _isAnswering = true;
        Answer(header, form, frame[consumed..].ToArray());
        _isAnswering = false;
        FlushCallbacks();
    }

    /// <inheritdoc/>
    public void OnFrame(RadioFrame frame, RadioSignal signal, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Now = now;
        _messages.OnFrame(frame, signal);
    }

    /// <inheritdoc/>
    void INcpHost.Tell<T>(EzspCallback<T> callback, in T message)
    {
        bool isAskedFor = _settings.HasSynchronousCallbacks;
        EzspHeader header = new()
        {
            Sequence = _lastSequence,
            IsResponse = true,
            Callback = isAskedFor ? EzspCallbackKind.Synchronous : EzspCallbackKind.Asynchronous,
            FrameId = callback.Id,
        };
        OperationStatus status = EzspFrame.Encode(header, _version.HeaderForm, _version, message, _frame, out int written);
        if (!_isVersionSet || status != OperationStatus.Done || _waiting.Count >= MaximumWaitingCallbacks)
        {
            _hasOverflow |= _isVersionSet;
            return;
        }

        _waiting.Enqueue(_frame.AsSpan(0, written).ToArray());
        if (!_isAnswering)
        {
            FlushCallbacks();
        }
    }

    /// <inheritdoc/>
    void INcpHost.Later(TimeSpan after, Action action)
    {
        Action guarded = ((INcpHost)this).Guard(action);
        Radio.Schedule(Now + after, time =>
        {
            Now = time;
            guarded();
        });
    }

    /// <inheritdoc/>
    Action INcpHost.Guard(Action action)
    {
        int run = _run;
        return () =>
        {
            if (run == _run)
            {
                action();
            }
        };
    }

    private static bool IsLegacyVersion(ReadOnlySpan<byte> frame) => frame is [_, 0, 0, _];

    private void FlushCallbacks()
    {
        while (!_settings.HasSynchronousCallbacks && _waiting.TryDequeue(out byte[]? callback))
        {
            _hasOverflow |= !_send(callback, true);
        }
    }

    private void Answer(in EzspHeader header, EzspHeaderForm form, ReadOnlyMemory<byte> parameters)
    {
        if (header.FrameId == EzspFrameId.Version)
        {
            AnswerVersion(header, form, parameters);
        }
        else if (!_isVersionSet)
        {
            Refuse(header, EzspStatus.VersionNotSet);
        }
        else if (header.FrameId == EzspFrameId.Callback)
        {
            AnswerCallback(header);
        }
        else if (_table.Find(header.FrameId, _version) is not { } handler)
        {
            Refuse(header, EzspStatus.InvalidFrameId);
        }
        else if (handler(header, parameters, _version, _frame, out int written) is EzspStatus refusal)
        {
            Refuse(header, refusal);
        }
        else
        {
            Send(_frame.AsMemory(0, written));
        }
    }

    private void AnswerVersion(in EzspHeader header, EzspHeaderForm form, ReadOnlyMemory<byte> parameters)
    {
        if (parameters.IsEmpty)
        {
            Refuse(header, EzspStatus.Truncated);
            return;
        }

        // The version holds once it was asked for in the header that it has.
        _isVersionSet |= form == _version.HeaderForm && parameters.Span[0] == _version.Number;
        VersionResponse response = new(_version.Number, ZigBeePro, Options.StackVersion);
        if (EzspFrame.Encode(header.ToResponse(EzspFrameId.Version), form, _version, response, _frame, out int written)
            == OperationStatus.Done)
        {
            Send(_frame.AsMemory(0, written));
        }
    }

    private void AnswerCallback(in EzspHeader header)
    {
        if (_waiting.TryDequeue(out byte[]? callback))
        {
            callback[0] = header.Sequence;
            Send(callback);
            return;
        }

        EzspFrame.Encode(
            header.ToResponse(EzspFrameId.NoCallbacks), _version.HeaderForm, _version, new NoParameters(), _frame, out int written);
        Send(_frame.AsMemory(0, written));
    }

    private void Refuse(in EzspHeader header, EzspStatus reason)
    {
        Refused++;
        EzspFrame.Encode(
            header.ToResponse(EzspFrameId.InvalidCommand), _version.HeaderForm, _version, new InvalidCommandReason(reason), _frame,
            out int written);
        Send(_frame.AsMemory(0, written));
    }

    /// <summary>Sends an answer, with the bits that say what happened meanwhile.</summary>
    private void Send(Memory<byte> answer)
    {
        const byte OverflowBit = 0x01;
        const byte PendingBit = 0x04;
        const int Control = 1;
        answer.Span[Control] |= _hasOverflow ? OverflowBit : (byte)0;
        answer.Span[Control] |= _settings.HasSynchronousCallbacks && _waiting.Count > 0 ? PendingBit : (byte)0;
        _hasOverflow = !_send(answer, false);
    }
}
