using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>Which defect turns which cases red, and at which step: what the self-test found when the matrix was written.</summary>
public sealed class DetectionMatrix
{
    private const string FileName = "detection-matrix.json";
    private const string ElsewhereFileName = "caught-elsewhere.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Lazy<DetectionMatrix> Shipped = new(() => Parse(Read(FileName)));

    /// <summary>Makes a matrix.</summary>
    /// <param name="rows">Its rows, a defect each.</param>
    public DetectionMatrix(IReadOnlyList<DetectionRow> rows) => Rows = rows;

    /// <summary>The matrix that comes with this harness.</summary>
    public static DetectionMatrix Committed => Shipped.Value;

    /// <summary>The defects that no case catches here, each with the reason and the test that does.</summary>
    public static IReadOnlyList<CaughtElsewhere> Elsewhere { get; } =
        JsonSerializer.Deserialize<CaughtElsewhere[]>(Read(ElsewhereFileName), Options)!;

    /// <summary>A row for each defect.</summary>
    public IReadOnlyList<DetectionRow> Rows { get; }

    /// <summary>Every case that some defect turns red, by name.</summary>
    public IEnumerable<string> Cases => Rows.SelectMany(row => row.Marks).Select(mark => mark.Case).Distinct(StringComparer.Ordinal);

    /// <summary>The defects that turn the same cases red at the same steps: verdicts cannot tell them apart.</summary>
    public IReadOnlyList<IReadOnlyList<DefectSwitch>> Twins =>
    [
        .. Rows.Where(row => row.Marks.Count > 0).GroupBy(row => string.Join('|', row.Marks))
            .Where(group => group.Count() > 1)
            .Select(group => (IReadOnlyList<DefectSwitch>)[.. group.Select(row => row.Defect)]),
    ];

    /// <summary>Reads a matrix.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="FormatException">A defect is not known, or a mark is none.</exception>
    /// <exception cref="JsonException">It is no JSON of a matrix.</exception>
    public static DetectionMatrix Parse(string json)
    {
        Dictionary<string, string[]> rows = JsonSerializer.Deserialize<Dictionary<string, string[]>>(json, Options)!;
        return new DetectionMatrix([.. rows.Select(row => new DetectionRow(
            DefectSwitch.Find(row.Key) ?? throw new FormatException($"'{row.Key}' is no switch of the virtual bench"),
            [.. row.Value.Select(DetectionMark.Parse)]))]);
    }

    /// <summary>The matrix as its file has it: defect by defect, a line for each case.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        Rows.ToDictionary(row => row.Defect.ToString(), row => row.Marks.Select(mark => mark.ToString())), Options) + "\n";

    /// <summary>A small set of cases that tells every defect from every other and from a sound bench, as far as all cases do.</summary>
    /// <remarks>Greedy: the case that parts most pairs which are not parted yet comes first.</remarks>
    /// <returns>The names, in the order of the choice.</returns>
    public IReadOnlyList<string> Probes()
    {
        ProbeSearch search = new(this, isSoundPossible: true);
        List<string> chosen = [];
        while (search.Best() is { } best)
        {
            chosen.Add(best);
            search.Part(best);
        }

        return chosen;
    }

    /// <summary>The case that tells most of the defects apart.</summary>
    /// <param name="isSoundPossible">Whether the bench may be sound; false when a case has failed.</param>
    /// <returns>Its name; null when none tells anything.</returns>
    public string? BestProbe(bool isSoundPossible) => new ProbeSearch(this, isSoundPossible).Best();

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {name} is embedded");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The pairs of defects, the sound bench among them, that no chosen case parts yet.</summary>
    private sealed class ProbeSearch
    {
        private readonly Dictionary<string, int[]> _columns;
        private readonly List<(int One, int Other)> _pairs;

        public ProbeSearch(DetectionMatrix matrix, bool isSoundPossible)
        {
            Dictionary<string, int>[] rows =
            [
                .. isSoundPossible ? [[]] : Array.Empty<Dictionary<string, int>>(),
                .. matrix.Rows.Where(row => row.Marks.Count > 0)
                    .Select(row => row.Marks.ToDictionary(mark => mark.Case, mark => mark.Step + 1)),
            ];
            _columns = matrix.Cases.ToDictionary(name => name, name => (int[])[.. rows.Select(row => row.GetValueOrDefault(name))]);
            _pairs =
            [
                .. from one in Enumerable.Range(0, rows.Length)
                   from other in Enumerable.Range(one + 1, rows.Length - one - 1)
                   select (one, other),
            ];
        }

        /// <summary>The case that parts most; null when none parts any.</summary>
        public string? Best()
        {
            (string? best, int parted) = (null, 0);
            foreach ((string name, int[] column) in _columns)
            {
                int parts = _pairs.Count(pair => column[pair.One] != column[pair.Other]);
                (best, parted) = parts > parted ? (name, parts) : (best, parted);
            }

            return best;
        }

        /// <summary>Takes away what a case parts.</summary>
        public void Part(string name) => _pairs.RemoveAll(pair => _columns[name][pair.One] != _columns[name][pair.Other]);
    }
}
