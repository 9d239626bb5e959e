namespace DeviceHarness.Guest;

/// <summary>A chip of gpio-sim: what a program asks of its lines is seen from outside, and its inputs are pulled from there.</summary>
internal sealed class SimulatedChip
{
    private const string Configuration = "/sys/kernel/config/gpio-sim";

    private readonly string _folder;
    private readonly string[] _lines;
    private string _outside = string.Empty;

    private SimulatedChip(string label, string[] lines)
    {
        Label = label;
        _folder = Path.Combine(Configuration, label);
        _lines = lines;
    }

    /// <summary>What the kernel calls it.</summary>
    public string Label { get; }

    /// <summary>Makes a chip and plugs it in.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="lines">The names of its lines.</param>
    /// <param name="held">The line that another driver holds.</param>
    /// <param name="holder">That driver's name.</param>
    public static SimulatedChip Make(string label, string[] lines, string held, string holder)
    {
        SimulatedChip chip = new(label, lines);
        string bank = Path.Combine(chip._folder, "bank0");
        Directory.CreateDirectory(bank);
        File.WriteAllText(Path.Combine(bank, "num_lines"), $"{lines.Length}");
        File.WriteAllText(Path.Combine(bank, "label"), label);
        for (int offset = 0; offset < lines.Length; offset++)
        {
            string line = Path.Combine(bank, $"line{offset}");
            Directory.CreateDirectory(line);
            File.WriteAllText(Path.Combine(line, "name"), lines[offset]);
            if (lines[offset] == held)
            {
                string hog = Path.Combine(line, "hog");
                Directory.CreateDirectory(hog);
                File.WriteAllText(Path.Combine(hog, "name"), holder);
                File.WriteAllText(Path.Combine(hog, "direction"), "output-high");
            }
        }

        chip.PlugIn();
        return chip;
    }

    /// <summary>Plugs it in, as new.</summary>
    public void PlugIn()
    {
        File.WriteAllText(Path.Combine(_folder, "live"), "1");
        string device = File.ReadAllText(Path.Combine(_folder, "dev_name")).Trim();
        string chip = File.ReadAllText(Path.Combine(_folder, "bank0", "chip_name")).Trim();
        _outside = Path.Combine("/sys/devices/platform", device, chip);
    }

    /// <summary>Pulls it out, whoever holds its lines.</summary>
    public void PullOut() => File.WriteAllText(Path.Combine(_folder, "live"), "0");

    /// <summary>The level at a line.</summary>
    public bool Level(string line) => File.ReadAllText(FileOf(line, "value")).Trim() == "1";

    /// <summary>Whether a line is pulled up, from outside or by a program's request.</summary>
    public bool IsPulledUp(string line) => File.ReadAllText(FileOf(line, "pull")).Trim() == "pull-up";

    /// <summary>Pulls at a line from outside.</summary>
    public void Pull(string line, bool isUp) => File.WriteAllText(FileOf(line, "pull"), isUp ? "pull-up" : "pull-down");

    private string FileOf(string line, string file) =>
        Path.Combine(_outside, $"sim_gpio{Array.IndexOf(_lines, line)}", file);
}
