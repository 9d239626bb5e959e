using System.Globalization;
using Spectre.Console;

namespace DeviceHarness.Cli.Output;

/// <summary>Text for people: tables and colours on a terminal, plain aligned lines elsewhere.</summary>
internal static class ConsoleText
{
    /// <summary>Whether standard output is a terminal.</summary>
    public static bool IsTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>Prints a table.</summary>
    public static void WriteTable(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (IsTerminal)
        {
            Table table = new() { Border = TableBorder.Rounded };
            foreach (string heading in headings)
            {
                table.AddColumn(new TableColumn(Markup.Escape(heading)));
            }

            foreach (IReadOnlyList<string> row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            AnsiConsole.Write(table);
            return;
        }

        int[] widths = [.. headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        foreach (IReadOnlyList<string> row in rows.Prepend(headings))
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>A duration for people: microseconds below a millisecond, milliseconds below ten seconds.</summary>
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds:F0} us"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:F1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F1} s"),
    };

    /// <summary>A moment in UTC, to the second.</summary>
    public static string Moment(Google.Protobuf.WellKnownTypes.Timestamp time) =>
        time.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A text in the colour of a verdict, when standard output is a terminal.</summary>
    public static string Coloured(string text, Contracts.V1.Verdict verdict)
    {
        if (!IsTerminal)
        {
            return text;
        }

        int colour = verdict switch
        {
            Contracts.V1.Verdict.Passed => 32,
            Contracts.V1.Verdict.Failed or Contracts.V1.Verdict.Error => 31,
            Contracts.V1.Verdict.Inconclusive or Contracts.V1.Verdict.Blocked => 33,
            _ => 90,
        };
        return $"\e[{colour}m{text}\e[0m";
    }
}
