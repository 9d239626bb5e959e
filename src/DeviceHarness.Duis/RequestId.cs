using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeviceHarness.Duis;

/// <summary>The identifier of a Service Request or of its answer: <c>originator:target:counter</c>.</summary>
/// <param name="Originator">Who sends it.</param>
/// <param name="Target">Whom it is for: the device, or the service's own identifier.</param>
/// <param name="Counter">Rises strictly per originator and target; an anti-replay value.</param>
/// <remarks>Spec: DUIS XML schema 5.4, RequestID and ResponseID.</remarks>
public readonly record struct RequestId(Eui64 Originator, Eui64 Target, ulong Counter)
{
    /// <summary>The identifier of the answer: originator and target change places, the counter stays.</summary>
    /// <remarks>Departs: not stated in the schema; seen in every sample of the DCC's own tools.</remarks>
    public RequestId Answer => new(Target, Originator, Counter);

    /// <summary>Reads the DUIS form.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static RequestId Parse(string text) => TryParse(text, out RequestId value)
        ? value
        : throw new FormatException($"'{text}' is not a RequestID such as 90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-A0:1000");

    /// <summary>Reads the DUIS form; the counter has no leading zeros.</summary>
    /// <returns>Whether the text is of that form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestId value)
    {
        value = default;
        string[] parts = text?.Split(':', 4) ?? [];
        if (parts.Length != 3
            || !Eui64.TryParse(parts[0], out Eui64 originator)
            || !Eui64.TryParse(parts[1], out Eui64 target)
            || (parts[2].Length > 1 && parts[2][0] == '0')
            || !ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong counter))
        {
            return false;
        }

        value = new RequestId(originator, target, counter);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Originator}:{Target}:{Counter}");
}
