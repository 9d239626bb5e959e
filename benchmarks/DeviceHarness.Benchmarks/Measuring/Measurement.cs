using System.Globalization;
using System.Text;

namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>Every sample of one loop.</summary>
/// <param name="columns">What each number of a row is, with its unit last.</param>
internal sealed class Measurement(params string[] columns)
{
    private readonly List<double[]> _rows = [];

    /// <summary>What each number of a row is, with its unit last.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The samples in the order in which they were taken.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    /// <summary>Keeps a sample.</summary>
    /// <param name="values">One for each column.</param>
    public void Add(params double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, columns.Length);
        _rows.Add(values);
    }

    /// <summary>A percentile of a column by the nearest-rank method: always a value that was measured.</summary>
    /// <param name="column">The column's place.</param>
    /// <param name="percent">0 gives the smallest, 100 the largest.</param>
    public double Percentile(int column, double percent)
    {
        double[] sorted = [.. _rows.Select(row => row[column]).Order()];
        int rank = (int)Math.Ceiling(percent / 100 * sorted.Length);
        return sorted[Math.Clamp(rank - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The samples as csv, each row with its number from 1.</summary>
    public string ToCsv()
    {
        StringBuilder text = new();
        text.Append("sample,").AppendJoin(',', columns).Append('\n');
        for (int row = 0; row < _rows.Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row + 1}");
            foreach (double value in _rows[row])
            {
                text.Append(CultureInfo.InvariantCulture, $",{value:0.####}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The percentiles of each column, one line each, as a Markdown table.</summary>
    public string ToTable()
    {
        StringBuilder text = new("| | p50 | p90 | p95 | p99 | max |\n|---|---:|---:|---:|---:|---:|\n");
        for (int column = 0; column < columns.Length; column++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {columns[column]} | {Percentile(column, 50):0.###} | {Percentile(column, 90):0.###} | {Percentile(column, 95):0.###} | "
                + $"{Percentile(column, 99):0.###} | {Percentile(column, 100):0.###} |\n");
        }

        return text.ToString();
    }
}
