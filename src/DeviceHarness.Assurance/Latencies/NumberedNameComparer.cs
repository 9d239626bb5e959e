using System.Globalization;

namespace DeviceHarness.Assurance.Latencies;

/// <summary>Orders names such as <c>4.1.1</c> before <c>11.2</c>: part by part, numbers as numbers.</summary>
internal sealed class NumberedNameComparer : IComparer<string>
{
    /// <summary>The one comparer.</summary>
    public static readonly NumberedNameComparer Instance = new();

    private NumberedNameComparer()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        string[] left = (x ?? string.Empty).Split('.');
        string[] right = (y ?? string.Empty).Split('.');
        for (int index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            int order = CompareParts(left[index], right[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareParts(string left, string right)
    {
        bool areNumbers = uint.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out uint leftNumber)
            & uint.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out uint rightNumber);
        return areNumbers ? leftNumber.CompareTo(rightNumber) : string.CompareOrdinal(left, right);
    }
}
