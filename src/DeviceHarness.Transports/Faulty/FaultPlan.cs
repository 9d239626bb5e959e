using System.Globalization;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Faulty;

/// <summary>Which octets of a line meet which fault: by rates under a seed, and by number.</summary>
/// <remarks>Whether an octet is struck depends on seed, direction, kind and the octet's number alone, never on how reads and writes cut the
/// stream, so the same plan does the same to the same octets.</remarks>
public sealed record FaultPlan
{
    private const string SeedKey = "seed";
    private const string OnlyKey = "only";

    private static readonly Dictionary<string, FaultKind> Names = new()
    {
        ["loss"] = FaultKind.Loss,
        ["flip"] = FaultKind.Flip,
        ["duplicate"] = FaultKind.Duplicate,
        ["garbage"] = FaultKind.Garbage,
        ["delay"] = FaultKind.Delay,
        ["stall"] = FaultKind.Stall,
        ["hang-up"] = FaultKind.HangUp,
        ["wrong-baud"] = FaultKind.WrongBaud,
    };

    private static readonly Dictionary<string, WireDirection> Directions = new()
    {
        ["to"] = WireDirection.ToDevice,
        ["from"] = WireDirection.FromDevice,
    };

    /// <summary>No fault at all.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>What the rates are drawn by.</summary>
    public ulong Seed { get; init; }

    /// <summary>The share of octets that each kind strikes, 0 to 1; a kind that is missing strikes none.</summary>
    public IReadOnlyDictionary<FaultKind, double> Rates { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>Faults at given octets, by kind and number, in every direction that the plan is for.</summary>
    public IReadOnlySet<(FaultKind Kind, long Index)> Scripted { get; init; } = new HashSet<(FaultKind, long)>();

    /// <summary>The only direction that is struck; null strikes both.</summary>
    public WireDirection? Only { get; init; }

    /// <summary>How long a delay lasts.</summary>
    public TimeSpan DelayTime { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long a stall lasts.</summary>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many octets of garbage come at most, 1 or more.</summary>
    public int GarbageOctets { get; init; } = 8;

    /// <summary>How many octets a spell of wrong baud rate spoils.</summary>
    public int WrongBaudOctets { get; init; } = 16;

    /// <summary>Reads a plan such as <c>seed=7,loss=0.01,flip=0.001,stall@120,only=from</c>.</summary>
    /// <param name="text">Comma-separated: <c>seed=</c>, a kind with its rate, a kind with <c>@</c> and an octet's number, and
    /// <c>only=to</c> or <c>only=from</c>.</param>
    /// <param name="plan">The plan; <see cref="None"/> when the text is wrong.</param>
    /// <param name="problem">What is wrong, and what is allowed; empty when nothing is.</param>
    public static bool TryParse(string text, out FaultPlan plan, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<FaultKind, double> rates = [];
        HashSet<(FaultKind, long)> scripted = [];
        plan = new FaultPlan { Rates = rates, Scripted = scripted };
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] rate = entry.Split('=', 2);
            string[] point = entry.Split('@', 2);
            if (rate is [SeedKey, string seed] && ulong.TryParse(seed, CultureInfo.InvariantCulture, out ulong number))
            {
                plan = plan with { Seed = number };
            }
            else if (rate is [OnlyKey, string only] && Directions.TryGetValue(only, out WireDirection direction))
            {
                plan = plan with { Only = direction };
            }
            else if (rate.Length == 2 && Names.TryGetValue(rate[0], out FaultKind kind)
                && double.TryParse(rate[1], CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1)
            {
                rates[kind] = share;
            }
            else if (point.Length == 2 && Names.TryGetValue(point[0], out FaultKind single)
                && long.TryParse(point[1], CultureInfo.InvariantCulture, out long index) && index >= 0)
            {
                scripted.Add((single, index));
            }
            else
            {
                plan = None;
                problem = $"'{entry}'; allowed: seed=<number>, only=to|from, <kind>=<0 to 1>, <kind>@<octet>, where kind is "
                    + string.Join(", ", Names.Keys);
                return false;
            }
        }

        problem = string.Empty;
        return true;
    }

    /// <summary>Whether a fault strikes an octet.</summary>
    internal bool Strikes(WireDirection direction, FaultKind kind, long index) =>
        (Only is null || Only == direction)
        && (Scripted.Contains((kind, index))
            || (Rates.TryGetValue(kind, out double rate) && Draw(direction, kind, index) < rate * ulong.MaxValue));

    /// <summary>A number that looks random and depends on its arguments alone.</summary>
    internal ulong Draw(WireDirection direction, FaultKind kind, long index)
    {
        ulong value = Mix(Seed + 0x9E3779B97F4A7C15);
        value = Mix(value ^ (((ulong)direction << 8) | (ulong)kind));
        return Mix(value ^ (ulong)index);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
