using System.Text.RegularExpressions;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>What holds for every source file. Each rule gives the places that break it.</summary>
internal static partial class SourceRules
{
    public const int MaximumColumns = 140;
    public const int MaximumFileLines = 500;
    public const int MaximumMethodLines = 60;

    private static readonly string[] MachinePaths =
    [
        "/wo" + "rk/", "/ro" + "ot/",
        .. new[] { "domain", "vectors", "guides", "design", "style" }.Select(folder => "sha" + $"red/{folder}"),
    ];

    public static IEnumerable<string> LongLines(SourceFile file) => Places(file, line => line.Length > MaximumColumns);

    /// <summary>What the compiler's format rule (IDE0055) does not see: the marks at the ends of a file and of its lines.</summary>
    public static IEnumerable<string> ForeignEnds(string path, byte[] octets)
    {
        if (octets.AsSpan().StartsWith("\uFEFF"u8))
        {
            yield return $"{path}: begins with a byte order mark";
        }

        if (octets.AsSpan().Contains((byte)'\r'))
        {
            yield return $"{path}: has a carriage return";
        }

        if (octets.Length > 0 && octets[^1] != '\n')
        {
            yield return $"{path}: does not end with a line feed";
        }
    }

    public static IEnumerable<string> LongFile(SourceFile file) =>
        file.Lines.Count > MaximumFileLines ? [$"{file.Path}: {file.Lines.Count} lines"] : [];

    /// <summary>Blocks that stand alone on their lines and are neither a type nor an initialiser.</summary>
    public static IEnumerable<string> LongMethods(SourceFile file)
    {
        Stack<int> opened = new();
        for (int index = 0; index < file.Lines.Count; index++)
        {
            string line = file.Lines[index];
            string text = line.TrimStart();
            int indent = line.Length - text.Length;
            if (text == "{")
            {
                opened.Push(index);
            }
            else if (text.StartsWith('}') && opened.TryPeek(out int start) && Indent(file.Lines[start]) == indent)
            {
                opened.Pop();
                if (index - start - 1 > MaximumMethodLines && indent > 0 && IsMethod(file, start, text))
                {
                    yield return $"{file.Path}:{start + 1}: {index - start - 1} lines";
                }
            }
        }
    }

    public static IEnumerable<string> NameOfNoType(SourceFile file)
    {
        string[] types = [.. TopLevelTypes(file)];
        return types.Length > 0 && !types.Contains(Path.GetFileName(file.Path).Split('.', '{')[0]) ? [file.Path] : [];
    }

    public static IEnumerable<string> SeveralTypes(SourceFile file) =>
        TopLevelTypes(file).Distinct().Count() > 1 ? [$"{file.Path}: {string.Join(", ", TopLevelTypes(file))}"] : [];

    public static IEnumerable<string> NamespaceElsewhere(SourceFile file)
    {
        int root = file.IsProduct ? "src/".Length : file.Path.IndexOf('/', StringComparison.Ordinal) + 1;
        string expected = $"namespace {Path.GetDirectoryName(file.Path)![root..].Replace('/', '.')};";
        return Places(file, line => line.StartsWith("namespace ", StringComparison.Ordinal) && line != expected);
    }

    public static IEnumerable<string> Unfinished(SourceFile file) => Places(file, line => UnfinishedMark().IsMatch(line));

    public static IEnumerable<string> NamesOfAMachine(SourceFile file) => Places(file, line => MachinePaths.Any(line.Contains));

    /// <summary>Ids of log messages that occur more than once, with their places.</summary>
    public static IEnumerable<string> LogIdsUsedTwice(IEnumerable<SourceFile> files) =>
        LogIds(files).GroupBy(pair => pair.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(pair => pair.Place))}");

    public static IEnumerable<(string Id, string Place)> LogIds(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines
        let match = LogId().Match(line)
        where match.Success
        select (match.Groups["id"].Value, file.Path);

    private static IEnumerable<string> Places(SourceFile file, Func<string, bool> isWrong) =>
        file.Lines.Select((line, index) => (line, index)).Where(pair => isWrong(pair.line)).Select(pair => $"{file.Path}:{pair.index + 1}");

    private static IEnumerable<string> TopLevelTypes(SourceFile file) =>
        file.Lines.Select(line => TopLevelType().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static bool IsMethod(SourceFile file, int start, string closing)
    {
        int first = start;
        while (first > 0 && !HeaderEnd().IsMatch(file.Lines[first - 1]))
        {
            first--;
        }

        string header = string.Join(' ', file.Lines.Skip(first).Take(start - first));
        bool isInitialiser = closing != "}" && !header.Contains("=>", StringComparison.Ordinal);
        return !isInitialiser && !TypeDeclaration().IsMatch(header);
    }

    [GeneratedRegex(@"^\s*$|^\s*//|[;{}\]]\s*$")]
    private static partial Regex HeaderEnd();

    [GeneratedRegex(
        @"^((public|internal|file) )?((static|sealed|abstract|readonly|partial|unsafe|ref) )*"
        + @"(class|record struct|record|struct|interface|enum|delegate \S+) (?<name>[A-Za-z0-9_]+)")]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b [A-Z]")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b|NotImple" + "mentedException")]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+)")]
    private static partial Regex LogId();
}
