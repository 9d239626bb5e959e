using System.Globalization;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether a Raspberry Pi has, or had, too little voltage, or runs slower for its heat: probes and sticks on its USB are fed by
/// it.</summary>
/// <remarks>The firmware's <c>get_throttled</c>: bits 0 to 3 say what is now, 16 to 19 what was since the start: under-voltage, frequency
/// capped, throttled, soft temperature limit. Other machines have none, and no finding.</remarks>
internal sealed class VoltageCheck : IDoctorCheck
{
    private const string Throttled = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private const int SinceStart = 16;
    private const string Advice =
        "use the maker's power supply, and a hub with a supply of its own for probes and sticks; see to its cooling";

    private static readonly string[] Signs =
        ["too little voltage", "a capped frequency", "throttling", "the soft temperature limit"];

    /// <inheritdoc/>
    public string Name => "voltage";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        string path = Path.Combine(scene.Root, Throttled);
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(File.Exists(path) ? [Finding(File.ReadAllText(path).Trim())] : []);
    }

    private DoctorFinding Finding(string text)
    {
        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits))
        {
            return new DoctorFinding(
                Name, Environment.MachineName, DoctorState.Note, $"the firmware tells '{text}', which is no number", string.Empty);
        }

        string now = Told(bits);
        string before = Told(bits >> SinceStart);
        return (now, before) switch
        {
            ("", "") => new DoctorFinding(Name, Environment.MachineName, DoctorState.Good, "enough since the start", string.Empty),
            ("", _) => new DoctorFinding(Name, Environment.MachineName, DoctorState.Note, $"there was {before} since the start", Advice),
            _ => new DoctorFinding(Name, Environment.MachineName, DoctorState.Wrong, $"there is {now}", Advice),
        };
    }

    private static string Told(uint bits) =>
        string.Join(", ", Signs.Where((_, bit) => (bits & (1u << bit)) != 0));
}
