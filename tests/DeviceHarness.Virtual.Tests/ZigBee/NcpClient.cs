using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>A host of a virtual adapter, on a clock that the test moves. It acknowledges everything at once.</summary>
internal sealed class NcpClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time;
    private readonly AshFrameReader _reader = new();
    private readonly List<(EzspHeader Header, byte[] Parameters)> _answers = [];
    private int _sendNumber;
    private int _receiveNumber;
    private byte _sequence;
    private EzspHeaderForm _form;

    public NcpClient(
        NcpModel model, IMeterFlash? flash = null, ManualTimeProvider? time = null, HanDeviceStores? devices = null)
    {
        _time = time ?? new ManualTimeProvider();
        Version = new EzspVersion(model.Adapter.ProtocolVersion);
        _form = Version.HeaderForm;
        Ncp = new VirtualNcp("ncp", model, _time, flash, devices);
        Reset();
    }

    public VirtualNcp Ncp { get; }

    public EzspVersion Version { get; }

    /// <summary>The callbacks that came, oldest first.</summary>
    public List<(EzspHeader Header, byte[] Parameters)> Callbacks { get; } = [];

    public void Reset()
    {
        _sendNumber = 0;
        _receiveNumber = 0;
        _reader.Clear();
        Feed(AshLine.Write(AshControl.Reset));
    }

    /// <summary>Sends a frame as it is.</summary>
    /// <returns>The answer.</returns>
    public (EzspHeader Header, byte[] Parameters) SendRaw(byte[] frame, EzspHeaderForm? form = null)
    {
        _answers.Clear();
        _form = form ?? Version.HeaderForm;
        Feed(AshLine.Write(AshControl.Data(_sendNumber, _receiveNumber), frame));
        _sendNumber = (_sendNumber + 1) % AshControl.SequenceModulus;
        _form = Version.HeaderForm;
        return _answers.Should().ContainSingle().Subject;
    }

    /// <summary>Negotiates the version.</summary>
    public VersionResponse Negotiate()
    {
        (_, byte[] legacy) = SendRaw([_sequence++, 0, 0, 19], EzspHeaderForm.Short);
        legacy[0].Should().Be(Version.Number);
        return Send(EzspCommands.Version, new VersionRequest(Version.Number));
    }

    public TResponse Send<TCommand, TResponse>(EzspCommand<TCommand, TResponse> command, TCommand request)
        where TCommand : struct, IEzspMessage<TCommand>
        where TResponse : struct, IEzspMessage<TResponse>
    {
        (EzspHeader header, byte[] parameters) = SendRaw(Encode(command.Id, request));
        header.FrameId.Should().Be(command.Id, $"{EzspCatalogue.Describe(header, parameters, Version)}");
        EzspFrame.ReadParameters(parameters, Version, out TResponse response, out _).Should().Be(OperationStatus.Done);
        return response;
    }

    public byte[] Encode<T>(EzspFrameId id, T message)
        where T : struct, IEzspMessage<T>
    {
        byte[] frame = new byte[EzspHeader.MaximumFrameOctets];
        EzspHeader header = new() { Sequence = _sequence++, FrameId = id };
        EzspFrame.Encode(header, Version.HeaderForm, Version, message, frame, out int written).Should().Be(OperationStatus.Done);
        return frame[..written];
    }

    /// <summary>Lets time pass until a callback has come that fits, and takes it and those before it.</summary>
    public T WaitFor<T>(EzspCallback<T> callback, Func<T, bool>? fits = null)
        where T : struct, IEzspMessage<T>
    {
        for (TimeSpan waited = TimeSpan.Zero; waited <= Patience;)
        {
            for (int index = 0; index < Callbacks.Count; index++)
            {
                (EzspHeader header, byte[] parameters) = Callbacks[index];
                if (header.FrameId == callback.Id
                    && EzspFrame.ReadParameters(parameters, Version, out T message, out _) == OperationStatus.Done
                    && fits?.Invoke(message) != false)
                {
                    Callbacks.RemoveRange(0, index + 1);
                    return message;
                }
            }

            TimeSpan step = Ncp.TimeToNextStep;
            step = step == Timeout.InfiniteTimeSpan || step > Patience ? Patience + TimeSpan.FromTicks(1) : step;
            waited += step;
            Pass(step);
        }

        throw new InvalidOperationException($"no {callback.Id} came within {Patience}");
    }

    /// <summary>Lets time pass, with all that falls due in it.</summary>
    public void Pass(TimeSpan time)
    {
        TimeSpan left = time;
        while (true)
        {
            TimeSpan next = Ncp.TimeToNextStep;
            bool isLater = next == Timeout.InfiniteTimeSpan || next > left;
            TimeSpan step = isLater ? left : next;
            _time.Advance(step);
            left -= step;
            Feed([]);
            if (isLater)
            {
                return;
            }
        }
    }

    /// <summary>The messages that came on a cluster of an application, or of the device object; all callbacks are taken.</summary>
    public List<byte[]> Messages(ushort cluster, bool isOfDeviceObject = false)
    {
        List<byte[]> messages = [];
        foreach ((EzspHeader header, byte[] parameters) in Callbacks)
        {
            if (header.FrameId == EzspCallbacks.IncomingMessageHandler.Id
                && EzspFrame.ReadParameters(parameters, Version, out IncomingMessage message, out _) == OperationStatus.Done
                && message.Aps.Cluster == cluster && message.Aps.Profile == 0 == isOfDeviceObject)
            {
                messages.Add(message.Message.ToArray());
            }
        }

        Callbacks.Clear();
        return messages;
    }

    /// <summary>Lets time pass in one jump, with all that fell due in it done late.</summary>
    public void Jump(TimeSpan time)
    {
        _time.Advance(time);
        Feed([]);
    }

    /// <summary>Forms a network with the well-known link key and opens it.</summary>
    public void Form(bool isOpen = true)
    {
        EzspKey networkKey = new("01030507090B0D0F00020406080A0C0D".Octets());
        EzspKey linkKey = new("00112233445566778899AABBCCDDEEFF".Octets());
        EmberInitialSecurityBits bits = EmberInitialSecurityBits.HavePreconfiguredKey | EmberInitialSecurityBits.HaveNetworkKey
            | EmberInitialSecurityBits.TrustCenterUsesHashedLinkKey;
        Send(EzspCommands.SetInitialSecurityState, new(new(bits, linkKey, networkKey, 0, 0))).Status.IsSuccess.Should().BeTrue();
        Send(EzspCommands.FormNetwork, new(new(0xDDDDDDDDDDDDDDDD, 0x1A62, 5, 11, 0, 0, 0, 0x07FFF800))).Status.IsSuccess.Should().BeTrue();
        WaitFor(EzspCallbacks.StackStatusHandler, up => Means(up.Status, EmberStatus.NetworkUp));
        if (isOpen)
        {
            Send(EzspCommands.PermitJoining, new(254)).Status.IsSuccess.Should().BeTrue();
        }
    }

    public static bool Means(EzspStatusCode status, EmberStatus meant) => status.ToEmberStatus() == meant;

    private void Feed(byte[] octets)
    {
        while (true)
        {
            byte[] heard = Ncp.Step(octets).ToArray();
            byte[] acknowledgement = Hear(heard);
            if (acknowledgement.Length == 0)
            {
                return;
            }

            octets = acknowledgement;
        }
    }

    private byte[] Hear(byte[] heard)
    {
        bool hasData = false;
        ReadOnlySpan<byte> rest = heard;
        while (!rest.IsEmpty)
        {
            AshReading reading = _reader.Read(rest, out int consumed, out AshFrame frame, out _);
            rest = rest[consumed..];
            if (reading == AshReading.Damaged)
            {
                return AshLine.Write(AshControl.Nak(_receiveNumber));
            }

            if (reading != AshReading.Frame || frame.Control.Kind != AshFrameKind.Data)
            {
                continue;
            }

            hasData = true;
            if (frame.Control.FrameNumber == _receiveNumber)
            {
                _receiveNumber = (_receiveNumber + 1) % AshControl.SequenceModulus;
                Take(frame.Data.ToArray());
            }
        }

        return hasData ? AshLine.Write(AshControl.Ack(_receiveNumber)) : [];
    }

    private void Take(byte[] frame)
    {
        EzspHeader.Decode(frame, _form, out EzspHeader header, out int consumed, out CodecFault fault)
            .Should().Be(OperationStatus.Done, $"{fault} {Convert.ToHexString(frame)}");
        (header.Callback == EzspCallbackKind.None ? _answers : Callbacks).Add((header, frame[consumed..]));
    }
}
