using System.Text.Json;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Agent.Bench;

/// <summary>What an adapter heard on the channels before its network was formed: measured then, kept in the data folder, and told with
/// every execution since.</summary>
/// <param name="MeasuredAt">When, in UTC.</param>
/// <param name="EnergyDbm">The most energy on each channel, in dBm by its number.</param>
internal sealed record ChannelEnergies(DateTimeOffset MeasuredAt, IReadOnlyDictionary<int, int> EnergyDbm)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Measures channels, and keeps what was heard.</summary>
    /// <param name="network">The network of the adapter.</param>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="file">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.AdapterException">It refuses, or is lost.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public static async Task<ChannelEnergies> MeasureAsync(
        HanNetwork network, uint channels, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<ZigBeeChannelEnergy> heard = await network.ScanEnergyAsync(channels, cancellationToken).ConfigureAwait(false);
        ChannelEnergies measured = new(
            time.GetUtcNow(), heard.ToDictionary(energy => (int)energy.Channel, energy => (int)energy.MaximumRssiDbm));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(measured, Options), cancellationToken).ConfigureAwait(false);
        return measured;
    }

    /// <summary>What was kept; null when nothing was, or when it cannot be read: it is an observation, and no run depends on it.</summary>
    /// <param name="file">Where it is kept.</param>
    public static ChannelEnergies? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<ChannelEnergies>(File.ReadAllText(file), Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
