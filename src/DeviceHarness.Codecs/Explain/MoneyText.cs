using System.Globalization;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Says how much a price or a charge is, where the same command has its trailing digit and its currency.</summary>
internal static class MoneyText
{
    private static readonly Dictionary<string, string[]> DigitFields = new()
    {
        ["price"] = ["price_trailing_digit_and_tier", "price_trailing_digit"],
        ["standing_charge"] = ["price_trailing_digit"],
        ["consolidated_bill"] = ["bill_trailing_digit"],
        ["conversion_factor"] = ["trailing_digit"],
        ["calorific_value"] = ["trailing_digit"],
    };

    /// <summary>Such as <c> = 14.325 GBP per kWh</c>; empty for other fields.</summary>
    public static string Of(MessageContent content, LayoutField field)
    {
        if (!DigitFields.TryGetValue(field.Name, out string[]? digits) || !content.TryNumber(field.Name, out ulong number)
            || content.Value(field.Name).IsInvalid)
        {
            return "";
        }

        foreach (string digit in digits)
        {
            if (content.Fields.Any(other => other.Name == digit) && content.TryNumber(digit, out ulong octet))
            {
                decimal scaled = number;
                for (ulong places = octet >> 4; places > 0; places--)
                {
                    scaled /= 10;
                }

                string amount = scaled.ToString("0.###############", CultureInfo.InvariantCulture);
                string unit = field.Name == "price" ? Words(content, "unit_of_measure", "unit", " per ") : "";
                string calorific = Words(content, "calorific_value_unit", "calorific", " ");
                return $" = {amount}{Words(content, "currency", "currency", " ")}{unit}{calorific}";
            }
        }

        return "";
    }

    private static string Words(MessageContent content, string field, string list, string before)
    {
        bool isThere = content.Fields.Any(other => other.Name == field);
        string words = isThere && content.TryNumber(field, out ulong number) ? ValueWords.Of(list, number, false) : "";
        return words.Length == 0 ? "" : before + words;
    }
}
