using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Bench;

/// <summary>The top-up tokens of a rig's devices, from the serial number and the secret token key that the rig file states.</summary>
/// <param name="devices">The devices.</param>
/// <param name="storages">Where each site keeps their numbers: sites that know of each other's tokens keep them in one.</param>
/// <param name="sites">The sites that make them.</param>
internal sealed class RigTokenPort(
    IReadOnlyList<BenchDevice> devices, IReadOnlyDictionary<ServiceSite, IKeyStorage> storages, IServiceSites sites) : ITokenPort
{
    /// <summary>The name of the fact with the serial number.</summary>
    public const string SerialNumber = "serial-number";

    /// <summary>The name of the secret with the token key.</summary>
    public const string TokenKey = "token-key";

    private readonly Dictionary<IKeyStorage, UtrnIssuer> _issuers =
        storages.Values.Distinct().ToDictionary(storage => storage, storage => new UtrnIssuer(new StoredNumbers(storage)));

    /// <summary>The port of a rig in an agent's data folder.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rig">The rig's name.</param>
    /// <param name="replication">What the sites know of each other's tokens.</param>
    /// <param name="sites">The sites.</param>
    public static RigTokenPort Of(
        IReadOnlyList<BenchDevice> devices, string dataFolder, string rig, SiteReplication replication, IServiceSites sites)
    {
        DiskKeyStorage primary = new(Path.Combine(dataFolder, "tokens", rig));
        return new RigTokenPort(
            devices,
            new Dictionary<ServiceSite, IKeyStorage>
            {
                [ServiceSite.Primary] = primary,
                [ServiceSite.Secondary] = replication.Tokens ? primary : new DiskKeyStorage(Path.Combine(primary.Place, "secondary")),
            },
            sites);
    }

    /// <inheritdoc/>
    public string? Issue(DeviceId device, int pence, UtrnFlaw flaw)
    {
        if (devices.FirstOrDefault(candidate => candidate.Id == device) is not { } found
            || !found.Facts.TryGetValue(SerialNumber, out string? serial) || !found.Secrets.TryGetValue(TokenKey, out string? key))
        {
            return null;
        }

        IKeyStorage storage = storages[sites.Active];
        try
        {
            return _issuers[storage].Issue(found.Eui64, serial, key, pence, flaw);
        }
        catch (IOException exception)
        {
            throw new LocalProtocolException("UTRN-001", exception.Message, storage.Place, "a top-up token");
        }
    }

    /// <summary>Each device's number in a file of its own, replaced whole.</summary>
    private sealed class StoredNumbers(IKeyStorage storage) : ITokenNumbers
    {
        public int LastOf(Eui64 device) => storage.Read(NameOf(device)) is { } octets
            ? int.TryParse(octets, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new IOException($"{storage.Place}/{NameOf(device)} holds no number: write the highest that there ever was")
            : 0;

        public void Keep(Eui64 device, int number)
        {
            string name = NameOf(device);
            Span<byte> octets = stackalloc byte[16];
            if (!number.TryFormat(octets, out int length, provider: CultureInfo.InvariantCulture))
            {
                throw new System.Diagnostics.UnreachableException("a number has at most eleven digits");
            }

            string next = $"{name}.next";
            storage.Write(next, octets[..length]);
            storage.Flush(next);
            storage.Rename(next, name);
            storage.SyncNames();
        }

        private static string NameOf(Eui64 device) => $"{device}.number";
    }
}
