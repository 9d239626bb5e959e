using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Agent.Bench;

/// <summary>The way to the forms in which the devices behind a rig's adapters answer.</summary>
/// <param name="rig">The rig.</param>
/// <param name="adapters">Its adapters.</param>
/// <param name="profilesFolder">Where the profiles of devices are.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="calendar">The clock that commands are stamped by; null for <paramref name="time"/>.</param>
internal sealed class RigFormPort(
    RigConfiguration rig, IReadOnlyList<AdapterStation> adapters, string profilesFolder, TimeProvider time, TimeProvider? calendar)
    : IFormPort
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AnswerForms>> ReadAsync(IReadOnlyList<DeviceId> devices, CancellationToken cancellationToken)
    {
        List<SmartEnergyOptions> asked = [];
        foreach (DeviceId id in devices)
        {
            asked.Add(await OptionsOfAsync(id, cancellationToken).ConfigureAwait(false));
        }

        IReadOnlyList<FormRow> rows = await FormComparison.CompareAsync(asked, cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new AnswerForms(
                row.Question, [.. row.Forms.Select((form, place) => row.Unanswered.Contains(place) ? null : form)])),
        ];
    }

    private async Task<SmartEnergyOptions> OptionsOfAsync(DeviceId id, CancellationToken cancellationToken)
    {
        RigDevice? device = rig.Devices.FirstOrDefault(candidate => candidate.Id == id);
        AdapterStation? radio = adapters.FirstOrDefault(adapter => adapter.Name == device?.Link.Adapter);
        if (device is null || radio is null)
        {
            throw new LocalProtocolException("SRV-002", $"{id} is behind no ZigBee adapter of this bench", "the rig file", "forms");
        }

        HanNetwork network = await radio.OpenAsync(cancellationToken).ConfigureAwait(false);
        return DriverCatalog.HanOptionsOf(device, network, profilesFolder, time, calendar);
    }
}
