using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Asks several meters, or mirrors of one, the same things, and holds the forms of their answers against each other: what a device
/// says that does not know the time, does not have a thing, or keeps none.</summary>
/// <remarks>Spec: SEC MP099, IRP586 (ESME, GSME and GPF behave alike) and IRP571 (a device that does not know the time). Values are not
/// compared, forms are. Nothing is changed in a device.</remarks>
public static class FormComparison
{
    private const ushort SnapshotTime = 0x0007;
    private const ushort Moment = 0x0000;
    private const ushort NoSuchAttribute = 0xEFFE;
    private const uint FirmwareDownload = 1u << 17;

    private static readonly (string Question, Func<SmartEnergyDevice, CancellationToken, Task<string>> Ask)[] Questions =
    [
        ("the time of its clock (Time 0000)", (device, ct) => ReadAsync(device, ClusterCatalogue.Time, Moment, ct)),
        ("the time of its reading (Metering 0007)", (device, ct) => ReadAsync(device, ClusterCatalogue.Metering, SnapshotTime, ct)),
        ("an attribute that it does not have (Metering EFFE)",
            (device, ct) => ReadAsync(device, ClusterCatalogue.Metering, NoSuchAttribute, ct)),
        ("a snapshot that it does not keep (Metering GetSnapshot)", AskSnapshotAsync),
    ];

    /// <summary>Asks the devices, one after the other.</summary>
    /// <param name="devices">The devices; at least two.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One row for each question, with a form for each device in their order.</returns>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    public static async Task<IReadOnlyList<FormRow>> CompareAsync(
        IReadOnlyList<SmartEnergyOptions> devices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(devices);
        List<(string Form, bool IsAnswer)[]> told = [];
        foreach (SmartEnergyOptions options in devices)
        {
            SmartEnergyDevice device = new(options, ClusterCatalogue.Metering);
            (string Form, bool IsAnswer)[] forms = new (string Form, bool IsAnswer)[Questions.Length];
            for (int index = 0; index < Questions.Length; index++)
            {
                forms[index] = await FormAsync(device, Questions[index].Ask, cancellationToken).ConfigureAwait(false);
            }

            told.Add(forms);
        }

        return
        [
            .. Questions.Select((one, index) => new FormRow(one.Question, [.. told.Select(forms => forms[index].Form)])
            {
                Unanswered = [.. Enumerable.Range(0, told.Count).Where(device => !told[device][index].IsAnswer)],
            }),
        ];
    }

    private static async Task<(string Form, bool IsAnswer)> FormAsync(
        SmartEnergyDevice device, Func<SmartEnergyDevice, CancellationToken, Task<string>> ask, CancellationToken cancellationToken)
    {
        try
        {
            if (!device.IsFound)
            {
                await device.FindAsync(cancellationToken).ConfigureAwait(false);
            }

            return (await ask(device, cancellationToken).ConfigureAwait(false), true);
        }
        catch (DeviceRefusedException refused)
        {
            return (refused.DeviceCodeName, true);
        }
        catch (HarnessException failed) when (failed is LinkTimeoutException or RemoteProtocolException or HanDeliveryException)
        {
            return (failed.Code, failed is RemoteProtocolException);
        }
    }

    private static async Task<string> ReadAsync(
        SmartEnergyDevice device, Cluster cluster, ushort attribute, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttributeResult> results =
            await device.ReadResultsAsync(cluster, cancellationToken, attribute).ConfigureAwait(false);
        return results[0] switch
        {
            { Status: not ZclStatus.Success } refused => refused.Status.ToString(),
            { Value: { IsInvalid: false } value } => $"a value ({value.Type})",
            _ => "unknown",
        };
    }

    private static async Task<string> AskSnapshotAsync(SmartEnergyDevice device, CancellationToken cancellationToken)
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command("GetSnapshot", ZclSide.Client);
        MessageContent content = command.Create().Set("earliest_start", 0).Set("latest_end", ZclTime.Invalid).Set("snapshot_offset", 0)
            .Set("snapshot_cause", FirmwareDownload);
        ZclReply reply = await device.CommandAsync(command, content, null, cancellationToken).ConfigureAwait(false);
        return reply.IsDefaultResponse ? nameof(ZclStatus.Success) : reply.Message.Definition?.Name ?? "a command";
    }
}
