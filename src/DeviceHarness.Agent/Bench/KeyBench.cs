using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>The keys of a rig's devices for a person at the bench, without an orchestrator: it stands in for the rig's agent.</summary>
/// <remarks>It holds the rig as an agent does, so that no agent of the same data folder runs beside it.</remarks>
public sealed class KeyBench : IAsyncDisposable
{
    /// <summary>The fact that states when a device was migrated.</summary>
    private const string MigratedAt = "migrated-at";

    private readonly FileStream _hold;
    private readonly RigBench _bench;

    private KeyBench(FileStream hold, RigBench bench)
    {
        _hold = hold;
        _bench = bench;
    }

    /// <summary>The way to the keys.</summary>
    public IKeyPort Keys => _bench.Keys;

    /// <summary>Takes the rig; no port is opened yet.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock of the links.</param>
    /// <param name="logs">Where ports are logged; never a key.</param>
    /// <exception cref="TransportException">AGENT-002: an agent drives the rig from this data folder.</exception>
    /// <exception cref="ConfigurationException">A file that the rig names is wrong.</exception>
    public static KeyBench Open(RigConfiguration rig, string dataFolder, TimeProvider time, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(rig);
        FileStream hold = AgentHost.Hold(rig, dataFolder);
        try
        {
            return new KeyBench(hold, new RigBench(rig, [], dataFolder, rig.ProfilesFolder, time, logs.CreateLogger("keys")));
        }
        catch (HarnessException)
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>What is known of the keys of all devices. Nothing is opened, sent or written.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock by which a rotation is overdue.</param>
    /// <exception cref="ConfigurationException">A profile or a store cannot be read, or the fact migrated-at is no time.</exception>
    public static IReadOnlyList<KeyListing> List(RigConfiguration rig, string dataFolder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(time);
        CipherKey? storeKey = KeyStoreKey.Find(dataFolder);
        return [.. rig.Devices.Select(device => ListingOf(rig, device, dataFolder, storeKey, time.GetUtcNow()))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync().ConfigureAwait(false);
        await _hold.DisposeAsync().ConfigureAwait(false);
    }

    private static KeyListing ListingOf(
        RigConfiguration rig, RigDevice device, string dataFolder, CipherKey? storeKey, DateTimeOffset now)
    {
        AssociationProfile association = DriverCatalog.ProfileOf(device, rig.ProfilesFolder).Association;
        AttemptRecord attempts = SecurityFolder.Of(dataFolder, rig.Name, device.Id.Value).ReadAttempts();
        KeyListing listing = new(device.Id, association.NeedsGlobalKeys, association.Keys.Master is not null)
        {
            Failures = attempts.Failures + (attempts.IsPending ? 1 : 0),
            AttemptLimit = association.AttemptLimit is int.MaxValue ? null : association.AttemptLimit ?? AttemptBudget.UnknownLimit,
            LockedUntil = attempts.LockedUntil,
        };
        bool mayHaveRecord = storeKey is not null && association.NeedsGlobalKeys;
        KeyRecord? kept = mayHaveRecord ? RigBench.KeysOf(rig, device, dataFolder, storeKey!).Read() : null;
        if (association.NeedsGlobalKeys && DeadlineOf(rig, device) is { } deadline
            && deadline.Judge(kept, now) is var timeliness and not RotationTimeliness.Rotated)
        {
            listing = listing with { DueAt = deadline.EndsAt, IsOverdue = timeliness == RotationTimeliness.Missed };
        }

        return kept is { } record
            ? listing with
            {
                Open = record.State == RotationState.Settled ? string.Empty : record.State.ToString().ToLowerInvariant(),
                Held = record.PreparedAt is null ? KeyProof.None : record.Held,
                Active = record.Active.Identifier,
                Candidate = record.Candidate?.Identifier ?? string.Empty,
                PreparedAt = record.PreparedAt,
                ProvenAt = record.ProvenAt,
            }
            : listing;
    }

    private static RotationDeadline? DeadlineOf(RigConfiguration rig, RigDevice device)
    {
        if (!device.Facts.TryGetValue(MigratedAt, out string? stated))
        {
            return null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(
            stated, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd"], CultureInfo.InvariantCulture, utc, out DateTimeOffset migrated)
            ? new RotationDeadline(migrated)
            : throw new ConfigurationException(
                "RIG-002", rig.File, 0, 0, $"devices.{device.Id}.facts.{MigratedAt}", $"'{stated}'",
                "a day or a time in UTC, such as 2026-07-01 or 2026-07-01T12:00:00Z");
    }
}
