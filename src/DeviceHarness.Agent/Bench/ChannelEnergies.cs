using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Agent.Bench;

/// <summary>What an adapter heard on the channels before its network was formed: measured then, kept in the data folder, and told with
/// every execution since.</summary>
/// <param name="MeasuredAt">When, in UTC.</param>
/// <param name="EnergyDbm">The most energy on each channel, in dBm by its number.</param>
internal sealed record ChannelEnergies(DateTimeOffset MeasuredAt, IReadOnlyDictionary<int, int> EnergyDbm)
{
    private const int FirstChannel = 11;
    private const int LastChannel = 26;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Measures channels, and keeps what was heard.</summary>
    /// <param name="network">The network of the adapter.</param>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="file">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
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

    /// <summary>What was kept; null when nothing was.</summary>
    /// <param name="file">Where it is kept.</param>
    /// <exception cref="ConfigurationException">BENCH-004: the file cannot be read, or is not what an adapter measured.</exception>
    public static ChannelEnergies? Read(string file)
    {
        try
        {
            return File.Exists(file) ? Parse(File.ReadAllText(file), file) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Broken(file, fault.Message);
        }
    }

    private static ChannelEnergies Parse(string text, string file)
    {
        ChannelEnergies? kept;
        try
        {
            kept = JsonSerializer.Deserialize<ChannelEnergies>(text, Options);
        }
        catch (JsonException fault)
        {
            // Both are counted from zero.
            throw Broken(file, fault.Message, (int)(fault.LineNumber + 1 ?? 0), (int)(fault.BytePositionInLine + 1 ?? 0));
        }

        return kept is { EnergyDbm: { } energies } && energies.Keys.All(channel => channel is >= FirstChannel and <= LastChannel)
            ? kept
            : throw Broken(file, "no energies of the channels 11 to 26");
    }

    private static ConfigurationException Broken(string file, string found, int line = 0, int column = 0) => new(
        "BENCH-004", file, line, column, "energyDbm", found,
        "what an adapter measured before its network was formed; delete the file, and no execution tells of energies until a network is "
        + "formed with this data folder");
}
