using System.Globalization;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>What the display of a gas meter shows.</summary>
/// <remarks>Source: SECMP0006 as this harness's requirements D5 sum it up: thousandths of a cubic metre, rounded down, eight digits with
/// leading zeros, the point before the last three. The display wraps; the register does not.</remarks>
internal static class GasDisplay
{
    private const long Wrap = 100_000_000;
    private const int Dm3PerCubicMetre = 1000;

    /// <summary>The register as the display shows it.</summary>
    /// <param name="dm3">The volume, in cubic decimetres.</param>
    public static string Register(long dm3) => Text(dm3 % Wrap, "00000");

    /// <summary>A volume with all its digits.</summary>
    /// <param name="dm3">The volume, in cubic decimetres.</param>
    public static string Volume(long dm3) => Text(dm3, "0");

    /// <summary>Money, in pounds, rounded down to the penny.</summary>
    /// <param name="millipence">Thousandths of a penny.</param>
    public static string Money(long millipence)
    {
        long pence = (long)Math.Floor(millipence / 1000m);
        string sign = pence < 0 ? "-" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}£{Math.Abs(pence) / 100}.{Math.Abs(pence) % 100:00}");
    }

    /// <summary>The lines of a meter.</summary>
    /// <param name="state">The meter.</param>
    /// <param name="message">The message that it shows; null for none.</param>
    public static IReadOnlyList<string> Of(GasMeterState state, string? message)
    {
        state.Settle();
        string valve = state.Valve switch
        {
            SupplyState.Connected => "ON",
            SupplyState.ReadyForReconnection => "ARMED",
            _ => "OFF",
        };
        List<string> lines = [$"{Register(state.ToldVolumeDm3)} m3", $"CREDIT {Money(state.Account.Balance)}", $"SUPPLY {valve}"];
        if (message is not null)
        {
            lines.Add(message);
        }

        return lines;
    }

    private static string Text(long dm3, string whole) =>
        (dm3 / Dm3PerCubicMetre).ToString(whole, CultureInfo.InvariantCulture)
        + (dm3 % Dm3PerCubicMetre).ToString("'.'000", CultureInfo.InvariantCulture);
}
