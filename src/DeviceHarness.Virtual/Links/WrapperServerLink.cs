using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Wrapper;

namespace DeviceHarness.Virtual.Links;

/// <summary>The device's end of the wrapper on TCP: octets and time in, octets out.</summary>
/// <remarks>Spec: IEC 62056-47, wrapper, as the domain guide gives it. There is no connecting: the first APDU of a client port attaches it,
/// that of another port takes over. What cannot be read is not skipped, for nothing tells where the next message begins: the connection
/// must be closed. Messages to other ports are counted and thrown away. Not safe for use from several threads.</remarks>
public sealed class WrapperServerLink : IServerLink
{
    private readonly ServerLinkOptions _options;
    private readonly IServerLinkUser _user;
    private readonly byte[] _input;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Queue<(TimeSpan Due, byte[] Message)> _held = new();
    private int _inputOctets;
    private int _client;
    private TimeSpan _lastActivity;
    private TimeSpan _lastUse;
    private ServerLinkCounters _counters;

    /// <summary>Creates the link of a connection that nobody has used yet.</summary>
    /// <param name="options">The device's port, its time-outs and the longest APDU; what is about HDLC is passed over.</param>
    /// <param name="user">The application on top.</param>
    public WrapperServerLink(ServerLinkOptions options, IServerLinkUser user)
    {
        _options = options;
        _user = user;
        _input = new byte[WrapperHeader.OctetCount + ushort.MaxValue];
    }

    /// <inheritdoc/>
    public ServerLinkCounters Counters => _counters;

    /// <inheritdoc/>
    public bool IsLost { get; private set; }

    /// <inheritdoc/>
    public TimeSpan? NextTick
    {
        get
        {
            TimeSpan? next = _held.TryPeek(out (TimeSpan Due, byte[] Message) first) ? first.Due : null;
            if (_client != 0 && _options.InactivityTimeout > TimeSpan.Zero)
            {
                TimeSpan inactive = _lastActivity + _options.InactivityTimeout;
                next = next < inactive ? next : inactive;
            }

            if (MayPush)
            {
                TimeSpan quiet = _lastUse + _user.PushQuietTime;
                next = next < quiet ? next : quiet;
            }

            return next;
        }
    }

    // Only a client that has spoken shows that the connection is used for this device; what it is answered comes first.
    private bool MayPush => _client != 0 && _user.HasPush && _held.Count == 0 && _inputOctets == 0;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        _output.ResetWrittenCount();
        Expire(now);
        while (!octets.IsEmpty && !IsLost)
        {
            int taken = Math.Min(octets.Length, _input.Length - _inputOctets);
            octets[..taken].CopyTo(_input.AsSpan(_inputOctets));
            _inputOctets += taken;
            octets = octets[taken..];
            ReadMessages(now);
            _lastUse = now;
        }

        Push(now);
        return _output.WrittenMemory;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Tick(TimeSpan now)
    {
        _output.ResetWrittenCount();
        Expire(now);
        Push(now);
        return _output.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _inputOctets = 0;
        IsLost = false;
        Detach();
    }

    private void Expire(TimeSpan now)
    {
        while (_held.TryPeek(out (TimeSpan Due, byte[] Message) first) && now >= first.Due)
        {
            _output.Write(_held.Dequeue().Message);
        }

        if (_client != 0 && _options.InactivityTimeout > TimeSpan.Zero && now - _lastActivity >= _options.InactivityTimeout)
        {
            Detach();
            IsLost = true;
        }
    }

    private void ReadMessages(TimeSpan now)
    {
        int offset = 0;
        while (offset < _inputOctets)
        {
            ReadOnlySpan<byte> rest = _input.AsSpan(offset, _inputOctets - offset);
            OperationStatus status = WrapperHeader.Decode(rest, out WrapperHeader header, out int headOctets, out CodecFault _);
            if (status == OperationStatus.InvalidData)
            {
                _counters = _counters with { BadFrames = _counters.BadFrames + 1 };
                IsLost = true;
                return;
            }

            if (status != OperationStatus.Done || rest.Length < headOctets + header.ApduOctets)
            {
                break;
            }

            OnMessage(header, rest.Slice(headOctets, header.ApduOctets), now);
            offset += headOctets + header.ApduOctets;
        }

        _input.AsSpan(offset, _inputOctets - offset).CopyTo(_input);
        _inputOctets -= offset;
    }

    private void OnMessage(WrapperHeader header, ReadOnlySpan<byte> apdu, TimeSpan now)
    {
        if (header.DestinationPort != _options.WrapperPort || header.SourcePort == 0)
        {
            _counters = _counters with { FramesForOthers = _counters.FramesForOthers + 1 };
            return;
        }

        _counters = _counters with { FramesForUs = _counters.FramesForUs + 1 };
        _lastActivity = now;
        if (header.SourcePort != _client)
        {
            Detach();
            _client = header.SourcePort;
            _user.OnConnected(_client);
        }

        ReadOnlyMemory<byte> answer = apdu.Length > _options.MaximumApduOctets ? _user.OnApduTooLong() : _user.OnApdu(apdu);
        if (!answer.IsEmpty)
        {
            Answer(answer.Span, now);
            while (_user.TakeMore() is { IsEmpty: false } more)
            {
                Answer(more.Span, now);
            }
        }
    }

    private void Push(TimeSpan now)
    {
        _lastUse = _output.WrittenCount > 0 ? now : _lastUse;
        if (MayPush && !IsLost && now >= _lastUse + _user.PushQuietTime && _user.TakePush() is { IsEmpty: false } apdu)
        {
            _output.Write(Wrap(apdu.Span, _user.PushClient));
            _lastUse = now;
        }
    }

    private byte[] Wrap(ReadOnlySpan<byte> apdu, int client)
    {
        byte[] message = new byte[WrapperHeader.OctetCount + apdu.Length];
        WrapperHeader header = new((ushort)_options.WrapperPort, (ushort)client, (ushort)apdu.Length);
        OperationStatus status = header.Encode(message, out _);
        if (status != OperationStatus.Done)
        {
            throw new UnreachableException($"the wrapper codec answered {status}");
        }

        apdu.CopyTo(message.AsSpan(WrapperHeader.OctetCount));
        _counters = _counters with { FramesSent = _counters.FramesSent + 1 };
        return message;
    }

    private void Answer(ReadOnlySpan<byte> apdu, TimeSpan now)
    {
        byte[] message = Wrap(apdu, _client);
        TimeSpan thinkTime = _options.ThinkTime + _user.ExtraThinkTime;
        if (thinkTime > TimeSpan.Zero)
        {
            _held.Enqueue((now + thinkTime, message));
        }
        else
        {
            _output.Write(message);
        }
    }

    private void Detach()
    {
        _held.Clear();
        if (_client != 0)
        {
            _client = 0;
            _user.OnDisconnected();
        }
    }
}
