using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>The COSEM application of a virtual device: an APDU in, an APDU out.</summary>
/// <remarks>Spec: IEC 62056-5-3, as the domain guide gives it: a service outside an association gets D8 01 01, an unknown APDU D8 01 02.
/// Not safe for use from several threads.</remarks>
public sealed class CosemServer : IServerLinkUser
{
    private readonly ICosemHost _meter;
    private readonly CommandRecorder _recorder;
    private readonly AssociationService _associations;
    private readonly MessageProtection _protection;
    private readonly GetService _get;
    private readonly SetService _set;
    private readonly ActionService _action;
    private readonly PushService? _push;
    private readonly GeneralBlockService _blocks;
    private bool _isServiceAnswer;
    private bool _isFrameGarbled;

    /// <summary>Creates the application of a meter.</summary>
    /// <param name="device">The device's name, for the command log.</param>
    /// <param name="meter">The inside of the meter.</param>
    /// <param name="log">Keeps what clients make the meter do.</param>
    /// <param name="random">Where challenges come from; null for the platform's cryptographic source.</param>
    public CosemServer(string device, EsmeState meter, ICommandLog log, RandomOctets? random = null)
        : this(device, meter, association => new EsmeObjects(meter, association), log, random)
    {
        _push = new PushService(meter);
    }

    /// <summary>Creates the application of any device.</summary>
    internal CosemServer(
        string device, ICosemHost meter, Func<ApplicationAssociation, IObjectList> makeObjects, ICommandLog log, RandomOctets? random)
    {
        _meter = meter;
        Association = new ApplicationAssociation(meter.Model.PduOctets);
        IObjectList objects = makeObjects(Association);
        _recorder = new CommandRecorder(device, log, meter, Association);
        _associations = new AssociationService(meter, Association, _recorder, random);
        _protection = new MessageProtection(meter, Association, _recorder);
        _get = new GetService(objects, Association, meter.Has);
        _set = new SetService(objects, Association, _recorder);
        _action = new ActionService(objects, Association, _recorder);
        _blocks = new GeneralBlockService(Association, meter.Model.GeneralBlockWindow);
    }

    /// <summary>The association of the moment.</summary>
    public ApplicationAssociation Association { get; }

    /// <inheritdoc/>
    public TimeSpan ExtraThinkTime =>
        _isServiceAnswer && _meter.Has(EsmeDefects.LateAnswer) ? _meter.Model.LateAnswerTime : TimeSpan.Zero;

    /// <inheritdoc/>
    public bool HasPush => _push is { IsWaiting: true };

    /// <inheritdoc/>
    public int PushClient => _push?.Options?.Client ?? 0;

    /// <inheritdoc/>
    public TimeSpan PushQuietTime => _push?.Options?.QuietTime ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TakePush() => _push?.Take() ?? ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public bool IsAwaitingMore => _blocks.IsAwaitingMore;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> TakeMore() => _meter.Power.IsRunning ? _blocks.TakeMore() : ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public bool GarblesNextFrame()
    {
        _isFrameGarbled = _meter.Has(EsmeDefects.FcsGarbled) && !_isFrameGarbled;
        return _isFrameGarbled;
    }

    /// <inheritdoc/>
    public void OnConnected(int client)
    {
        ResetServices();
        Association.Attach(client);
        _meter.OnLinkOpened();
    }

    /// <inheritdoc/>
    public void OnDisconnected()
    {
        ResetServices();
        Association.Detach();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> OnApdu(ReadOnlySpan<byte> apdu)
    {
        if (!_meter.Power.IsRunning)
        {
            // The power failed over an earlier frame of the same octets.
            return ReadOnlyMemory<byte>.Empty;
        }

        if (apdu.Length > Association.ReceiveOctets)
        {
            return ServiceRefusals.TooLong;
        }

        if (apdu.IsEmpty)
        {
            return ServiceRefusals.NotSupported;
        }

        return (ApduTag)apdu[0] == ApduTag.GeneralBlockTransfer ? _blocks.Take(apdu, OnWholeApdu) : _blocks.Fit(OnWholeApdu(apdu));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> OnApduTooLong() => ServiceRefusals.TooLong;

    private ReadOnlyMemory<byte> OnWholeApdu(ReadOnlySpan<byte> apdu)
    {
        _meter.Security.AdoptKeys();
        _isServiceAnswer = false;
        switch ((ApduTag)apdu[0])
        {
            case ApduTag.Aarq:
                ResetServices();
                return _associations.Associate(apdu);
            case ApduTag.Rlrq:
                ResetServices();
                return SpoilRelease(_associations.Release(apdu));
            case ApduTag.GetRequest or ApduTag.SetRequest or ApduTag.ActionRequest when !_protection.AllowsClear:
                return RefuseClear();
            case var tag when CipheredApdu.IsCiphered((byte)tag):
                return OnProtected(apdu);
            default:
                return OnClear(apdu);
        }
    }

    private ReadOnlyMemory<byte> OnProtected(ReadOnlySpan<byte> apdu)
    {
        if (!_protection.TryOpen(apdu, out ReadOnlyMemory<byte> clear, out ReadOnlyMemory<byte> refusal))
        {
            return refusal;
        }

        ReadOnlyMemory<byte> answer = OnClear(clear.Span);
        return _protection.Seal(answer, _isServiceAnswer);
    }

    private ReadOnlyMemory<byte> OnClear(ReadOnlySpan<byte> apdu)
    {
        ApduTag tag = (ApduTag)apdu[0];
        if (tag is not (ApduTag.GetRequest or ApduTag.SetRequest or ApduTag.ActionRequest))
        {
            return ServiceRefusals.NotSupported;
        }

        if (Association.IsPending && tag == ApduTag.ActionRequest)
        {
            return _associations.Prove(apdu);
        }

        _isServiceAnswer = Association.IsOpen;
        return Association.IsOpen ? Serve(tag, apdu) : ServiceRefusals.NotAllowed;
    }

    private ReadOnlyMemory<byte> RefuseClear()
    {
        _recorder.Unauthorised();
        return ServiceRefusals.NotAllowed;
    }

    private ReadOnlyMemory<byte> SpoilRelease(ReadOnlyMemory<byte> answer)
    {
        if (!_meter.Has(EsmeDefects.RlreWrongLength) || answer.Span[0] != (byte)ApduTag.Rlre)
        {
            return answer;
        }

        byte[] spoilt = answer.ToArray();
        spoilt[1]++;
        return spoilt;
    }

    private ReadOnlyMemory<byte> Serve(ApduTag tag, ReadOnlySpan<byte> apdu)
    {
        if (_meter.Has(EsmeDefects.NoAnswer))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        return tag switch
        {
            ApduTag.GetRequest => _get.Answer(apdu),
            ApduTag.SetRequest => _set.Answer(apdu),
            _ => Act(apdu),
        };
    }

    private ReadOnlyMemory<byte> Act(ReadOnlySpan<byte> apdu)
    {
        ReadOnlyMemory<byte> answer = _action.Answer(apdu);
        return _meter.Security.IsUnconfirmed(_meter.Has(EsmeDefects.UnconfirmedKeyRotation)) ? ReadOnlyMemory<byte>.Empty : answer;
    }

    private void ResetServices()
    {
        _get.Reset();
        _set.Reset();
        _action.Reset();
        _blocks.Reset();
    }
}
