using System.Globalization;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis;

namespace DeviceHarness.Assurance.Campaigns;

/// <summary>Whether the firmware of a campaign's devices stayed as it was since the freeze.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 5.2, N22. What a device ran on the day of the freeze is what was known of it
/// last by then; every other version that shows later flags the campaign, the way back too. A case of a cycle that takes a device to a
/// version and back is no change: only where a cycle starts, what makes it void, and the inventory while nothing runs are looked
/// at.</remarks>
public sealed record CampaignStanding
{
    private CampaignStanding(
        Campaign campaign, DateTimeOffset moment, int devices, IReadOnlyList<LateFirmware> late,
        IReadOnlyList<FirmwareSighting> unanchored) =>
        (Campaign, Moment, Devices, Late, Unanchored) = (campaign, moment, devices, late, unanchored);

    /// <summary>The campaign.</summary>
    public Campaign Campaign { get; }

    /// <summary>The moment that it is about, in UTC.</summary>
    public DateTimeOffset Moment { get; }

    /// <summary>How many devices its cycles had.</summary>
    public int Devices { get; }

    /// <summary>The changes after the freeze, in the order in which they were seen.</summary>
    public IReadOnlyList<LateFirmware> Late { get; }

    /// <summary>The devices of which nothing was known by the freeze, each where it was seen first: it is held against that.</summary>
    public IReadOnlyList<FirmwareSighting> Unanchored { get; }

    /// <summary>Whether firmware changed after the freeze: what was tested before differs from what goes live.</summary>
    public bool IsFlagged => Late.Count > 0;

    /// <summary>What it comes to, in words.</summary>
    public string Verdict
    {
        get
        {
            string freeze = Campaign.Baseline.Freeze.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (IsFlagged)
            {
                return $"FLAGGED: firmware changed after the freeze of {freeze}, what was tested before differs from what goes live";
            }

            return Devices == 0 ? "no cycle belongs to it yet: nothing is claimed"
                : Campaign.Baseline.IsLate(DateOnly.FromDateTime(Moment.UtcDateTime)) ? $"no change was seen since the freeze of {freeze}"
                : $"the freeze of {freeze} has not passed: firmware may change";
        }
    }

    /// <summary>Looks at the firmware of a campaign's devices.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="record">What is known.</param>
    /// <param name="now">The present moment, in UTC.</param>
    /// <param name="at">The moment to look from, in UTC; null for now, with what the inventory has.</param>
    public static CampaignStanding Of(Campaign campaign, CampaignRecord record, DateTimeOffset now, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(record);
        List<FirmwareSighting> sightings =
            [.. record.Cycles.Where(cycle => campaign.Covers(cycle.Dmc)).SelectMany(SightingsOf)];
        if (at is null)
        {
            sightings.AddRange(InventoryOf(record, sightings, now));
        }

        List<LateFirmware> late = [];
        List<FirmwareSighting> unanchored = [];
        IGrouping<Eui64, FirmwareSighting>[] devices =
        [
            .. sightings.Where(sighting => sighting.Moment <= (at ?? DateTimeOffset.MaxValue)).OrderBy(sighting => sighting.Moment)
                .GroupBy(sighting => sighting.DeviceId),
        ];
        foreach (IGrouping<Eui64, FirmwareSighting> device in devices)
        {
            FirmwareSighting known = device.First();
            if (campaign.Baseline.IsLate(known.Day))
            {
                unanchored.Add(known);
            }

            foreach (FirmwareSighting sighting in device)
            {
                if (sighting.Version != known.Version && campaign.Baseline.IsLate(sighting.Day))
                {
                    late.Add(new LateFirmware(known, sighting));
                }

                known = sighting;
            }
        }

        return new CampaignStanding(
            campaign, at ?? now, devices.Length, [.. late.OrderBy(change => change.After.Moment)], unanchored);
    }

    private static IEnumerable<FirmwareSighting> SightingsOf(CampaignCycle cycle)
    {
        foreach (DeviceBaseline device in cycle.Devices.Where(device => device.Inventory.FirmwareVersion.Length > 0))
        {
            yield return Of(device, device.Inventory.FirmwareVersion, cycle.Created, $"the baseline of cycle {cycle.Id}");
        }

        if (cycle is { State: CycleState.Void, Ended: { } ended })
        {
            foreach (FirmwareChange change in cycle.Changes)
            {
                if (cycle.Devices.FirstOrDefault(device => device.Device.Id.Value == change.Device) is { } device && change.To.Length > 0)
                {
                    yield return Of(device, change.To, ended, $"cycle {cycle.Id}, which it made void");
                }
            }
        }
    }

    /// <summary>What the inventory has of devices that were seen; of a rig that a cycle is running on it says what that cycle is
    /// doing.</summary>
    private static IEnumerable<FirmwareSighting> InventoryOf(
        CampaignRecord record, IEnumerable<FirmwareSighting> sightings, DateTimeOffset now)
    {
        HashSet<string> busy = [.. record.Cycles.Where(cycle => cycle.IsOpen).SelectMany(cycle => cycle.Rigs)];
        Dictionary<Eui64, FirmwareSighting> known = [];
        foreach (FirmwareSighting sighting in sightings)
        {
            known[sighting.DeviceId] = sighting;
        }

        return record.Inventory
            .Where(row => row.Version.Length > 0 && !busy.Contains(row.Rig) && known.ContainsKey(row.DeviceId))
            .Select(row => known[row.DeviceId] with
            {
                Version = row.Version,
                Moment = now,
                Where = $"the inventory of {row.Rig}",
            });
    }

    private static FirmwareSighting Of(DeviceBaseline device, string version, DateTimeOffset moment, string where) =>
        new(device.Device.Id.Value, device.Device.DeviceType, device.Inventory.DeviceId, version, moment, where);
}
