using System.Buffers;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Survey;

/// <summary>Reads what a device tells of itself in an open association: its object list, its logical devices, who may associate, and what
/// identifies it. Only GET is sent.</summary>
/// <remarks>Spec: IEC 62056-6-1 and -6-2, as this harness's DLMS guide sums them up. No customer data is read.</remarks>
internal sealed class DeviceReading(DlmsClient client, WatchedLink link, LineSurveySettings settings, LineFindings findings)
{
    private const ushort DataClass = 1;
    private const ushort ClockClass = 8;
    private const ushort AssociationClass = 15;
    private const ushort SapClass = 17;
    private const ushort HdlcClass = 23;
    private const sbyte ObjectList = 2;
    private const sbyte Partners = 3;
    private const sbyte MechanismName = 6;
    private const int MechanismNameOctets = 7;

    private static readonly ObisCode CurrentAssociation = ObisCode.Parse("0-0:40.0.0.255");
    private static readonly ObisCode SapAssignment = ObisCode.Parse("0-0:41.0.0.255");

    private static readonly (string What, CosemAttributeDescriptor Attribute)[] Identity =
    [
        (SurveyedValue.LogicalDeviceName, Of(DataClass, "0-0:42.0.0.255", 2)),
        (SurveyedValue.SerialNumber, Of(DataClass, "0-0:96.1.0.255", 2)),
        ("manufacturer", Of(DataClass, "0-0:96.1.6.255", 2)),
        ("model", Of(DataClass, "0-0:96.1.4.255", 2)),
        ("variant", Of(DataClass, "0-0:96.1.2.255", 2)),
        (SurveyedValue.Firmware, Of(DataClass, "1-0:0.2.0.255", 2)),
        ("firmware version, four octets", Of(DataClass, "0-0:0.2.1.255", 2)),
        ("clock", Of(ClockClass, "0-0:1.0.0.255", 2)),
        ("inter-octet time-out in ms", Of(HdlcClass, "0-0:22.0.0.255", 7)),
        (SurveyedValue.InactivityTimeout, Of(HdlcClass, "0-0:22.0.0.255", 8)),
        ("physical address", Of(HdlcClass, "0-0:22.0.0.255", 9)),
    ];

    /// <summary>Reads all of it; what the device refuses is noted, and the rest is read.</summary>
    /// <exception cref="HarnessException">The device breaks the protocol, falls silent, or the port is gone.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach ((string what, CosemAttributeDescriptor attribute) in Identity)
        {
            await ReadAsync(what, attribute, cancellationToken).ConfigureAwait(false);
        }

        await ReadLogicalDevicesAsync(cancellationToken).ConfigureAwait(false);
        await ReadObjectListAsync(cancellationToken).ConfigureAwait(false);
        await ReadClientsAsync(cancellationToken).ConfigureAwait(false);
    }

    private static CosemAttributeDescriptor Of(ushort classId, string name, sbyte attribute) =>
        new(classId, ObisCode.Parse(name), attribute);

    private static string Text(DlmsData value, ushort classId) =>
        classId == ClockClass && CosemDateTime.Decode(value.Octets.Span, out CosemDateTime moment, out _, out _) == OperationStatus.Done
            ? moment.ToString()
            : value.Text?.Trim(' ', '\0')
                ?? (value.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture) : value.ToString());

    private static string MechanismText(DlmsData name) => name.Octets.Length != MechanismNameOctets
        ? string.Empty
        : name.Octets.Span[^1] switch
        {
            0 => "none",
            1 => "low-level security",
            byte mechanism => string.Create(CultureInfo.InvariantCulture, $"high-level security, mechanism {mechanism}"),
        };

    private async Task ReadAsync(string what, CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        (DlmsData? value, string problem) = await TryReadAsync(attribute, cancellationToken).ConfigureAwait(false);
        findings.Add(new SurveyedValue(
            what, attribute.ToString(), value is null ? string.Empty : Text(value, attribute.ClassId), problem));
        if (value is not null)
        {
            settings.Told($"{what}: {Text(value, attribute.ClassId)}");
        }
    }

    private async Task ReadLogicalDevicesAsync(CancellationToken cancellationToken)
    {
        (DlmsData? list, _) = await TryReadAsync(
            new CosemAttributeDescriptor(SapClass, SapAssignment, ObjectList), cancellationToken).ConfigureAwait(false);
        List<SurveyedLogicalDevice> devices = [];
        foreach (DlmsData item in list?.Items ?? [])
        {
            if (item.Items.Count == 2 && item.Items[0].TryGetInt64(out long sap))
            {
                devices.Add(new SurveyedLogicalDevice((int)sap, item.Items[1].Text ?? item.Items[1].ToString()));
            }
        }

        findings.LogicalDevices = devices.Count > 0 ? devices : findings.LogicalDevices;
    }

    private async Task ReadObjectListAsync(CancellationToken cancellationToken)
    {
        string? refusal = null;
        bool hasEnded = false;
        try
        {
            link.Begin();
            _ = await client.GetAsync(
                new CosemAttributeDescriptor(AssociationClass, CurrentAssociation, ObjectList), cancellationToken).ConfigureAwait(false);
            hasEnded = true;
        }
        catch (DeviceRefusedException fault)
        {
            refusal = fault.Message;
            hasEnded = true;
        }
        catch (RemoteProtocolException fault) when (fault.Code == DlmsFaults.MalformedAnswer)
        {
            // A list that is cut short: what came of it is looked at, and the device goes on to be asked.
            refusal = fault.Message;
            hasEnded = true;
        }
        finally
        {
            Take(refusal, hasEnded);
        }
    }

    /// <summary>Keeps what came of the list; why it did not end, somebody else tells.</summary>
    private void Take(string? refusal, bool hasEnded)
    {
        IReadOnlyList<SurveyedObject> objects = ObjectListReader.Read(link.Value.Span, out int announced);
        bool isWhole = hasEnded && refusal is null && announced > 0 && objects.Count == announced;
        string told = string.Create(CultureInfo.InvariantCulture, $"{objects.Count} of {announced} objects");
        if (announced > 0)
        {
            findings.Objects = objects;
            findings.IsListWhole = isWhole;
            settings.Told($"object list: {told}");
        }

        if (hasEnded && !isWhole)
        {
            findings.Add(announced > 0
                ? new SurveyProblem(
                    SurveyProblem.ListCutShort, $"the object list ends early: {told} came",
                    "survey once more: a bad line garbles now and then, a device that cuts its list does so each time")
                : new SurveyProblem(
                    SurveyProblem.NoObjectList, $"the device does not give its object list: {refusal ?? "what it told is no list"}",
                    "another client may see more: give its password by --password"));
        }
    }

    private async Task ReadClientsAsync(CancellationToken cancellationToken)
    {
        List<SurveyedClient> clients = [];
        foreach (SurveyedObject association in findings.Objects.Where(found => found.ClassId == AssociationClass))
        {
            (DlmsData? partners, _) = await TryReadAsync(
                new CosemAttributeDescriptor(AssociationClass, association.Name, Partners), cancellationToken).ConfigureAwait(false);
            (DlmsData? mechanism, _) = await TryReadAsync(
                new CosemAttributeDescriptor(AssociationClass, association.Name, MechanismName), cancellationToken).ConfigureAwait(false);
            if (partners is { Items.Count: > 0 } && partners.Items[0].TryGetInt64(out long address))
            {
                clients.Add(new SurveyedClient(
                    association.Name.ToString(), (int)address, mechanism is null ? string.Empty : MechanismText(mechanism)));
            }
        }

        findings.Clients = clients.Count > 0 ? clients : findings.Clients;
    }

    private async Task<(DlmsData? Value, string Problem)> TryReadAsync(
        CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        try
        {
            link.Begin();
            ReadOnlyMemory<byte> data = await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
            return DlmsDataCodec.Decode(data.Span, out DlmsData value, out _, out CodecFault fault) == OperationStatus.Done
                ? (value, string.Empty)
                : (null, $"what it told cannot be read: {fault}");
        }
        catch (DeviceRefusedException refusal)
        {
            return (null, refusal.DeviceCodeName);
        }
    }
}
