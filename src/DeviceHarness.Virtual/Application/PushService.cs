using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Application;

/// <summary>Writes the alerts of a meter as notifications, protected where the client that they go to is ciphered.</summary>
/// <remarks>Spec: IEC 62056-5-3, EventNotification and DataNotification, as the domain guide gives them. The value is that of the event
/// code object, 0-0:96.11.0.255; a DataNotification has the push setup's name, 0-0:25.9.0.255, in front of it.</remarks>
internal sealed class PushService(EsmeState meter)
{
    private const ushort DataClass = 1;
    private const sbyte ValueAttribute = 2;
    private const int MaximumOctets = 64;

    private static readonly ObisCode EventCodeName = ObisCode.Parse("0-0:96.11.0.255");
    private static readonly ObisCode PushSetupName = ObisCode.Parse("0-0:25.9.0.255");

    private readonly byte[] _value = new byte[MaximumOctets];
    private readonly byte[] _apdu = new byte[MaximumOctets];
    private readonly byte[] _sealed = new byte[MaximumOctets + SecurityContext.MaximumOverheadOctets];
    private uint _lastInvokeId;

    /// <summary>How alerts are pushed; null when they are not.</summary>
    public PushOptions? Options => meter.Model.Push;

    /// <summary>Whether an alert waits to be pushed. A meter without an answer has no alerts either.</summary>
    public bool IsWaiting => Options is not null && meter.Power.IsRunning && meter.Alerts.Count > 0 && !meter.Has(EsmeDefects.NoAnswer);

    /// <summary>Takes the oldest alert and writes its notification.</summary>
    /// <returns>The APDU, valid until the next; empty when none waits, or when no counter is left to protect it with.</returns>
    public ReadOnlyMemory<byte> Take()
    {
        if (Options is not { } options || !IsWaiting || !meter.Alerts.TryTake(out DeviceAlert alert))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        byte status = alert.IsStampValid ? (byte)0 : ClockOctets.InvalidStatus;
        byte[] time = ClockOctets.Write(alert.Stamp, status);
        OperationStatus encoded = Encode(options.Form, alert, time, out int octets);
        return encoded == OperationStatus.Done
            ? Protect(options, octets)
            : throw new UnreachableException($"the notification codec answered {encoded}");
    }

    private OperationStatus Encode(PushForm form, in DeviceAlert alert, byte[] time, out int octets)
    {
        AxdrWriter value = new(_value);
        if (form == PushForm.DataNotification)
        {
            value.WriteStructure(2);
            value.WriteOctetString(PushSetupName.ToOctets());
        }

        value.WriteLongUnsigned((ushort)alert.Code);
        OperationStatus status = value.Complete(out int valueOctets);
        if (status != OperationStatus.Done)
        {
            octets = 0;
            return status;
        }

        ReadOnlySpan<byte> data = _value.AsSpan(0, valueOctets);
        _lastInvokeId++;
        return form == PushForm.DataNotification
            ? DataNotification.Encode(
                new DataNotification(LongInvokeIdAndPriority.Create(_lastInvokeId).Value, time, data), _apdu, out octets)
            : EventNotification.Encode(
                new EventNotification(time, new CosemAttributeDescriptor(DataClass, EventCodeName, ValueAttribute), data), _apdu,
                out octets);
    }

    private ReadOnlyMemory<byte> Protect(PushOptions options, int octets)
    {
        MeterClient? client = meter.Model.Clients.FirstOrDefault(known => known.Address == options.Client);
        if (client is not { IsCiphered: true } || meter.Security.Of(client).Context is not SecurityContext context)
        {
            return _apdu.AsMemory(0, octets);
        }

        CipheringForm form = options.Form == PushForm.EventNotification
            ? CipheringForm.ServiceSpecificGlobal
            : CipheringForm.GeneralGlobal;
        context.Protection = SecurityProtection.AuthenticatedEncrypted;
        OperationStatus status = context.Seal(form, _apdu.AsSpan(0, octets), _sealed, out int sealedOctets, out _);
        meter.Security.Keep();
        return status == OperationStatus.Done ? _sealed.AsMemory(0, sealedOctets) : ReadOnlyMemory<byte>.Empty;
    }
}
