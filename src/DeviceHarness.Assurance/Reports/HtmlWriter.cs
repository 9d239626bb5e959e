using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Collects HTML. Markup can only be written as a literal; every value in a hole is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a line of markup with escaped values.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        _ = markup;
        _text.Append('\n');
    }

    /// <summary>Writes markup with escaped values.</summary>
    /// <returns>This writer.</returns>
    public HtmlWriter Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Takes what was collected.</summary>
    public StringBuilder Collected => _text;

    /// <summary>Escapes a text for an element or a quoted attribute; control characters and broken surrogates become U+FFFD.</summary>
    internal static void Escape(StringBuilder target, ReadOnlySpan<char> value)
    {
        for (int index = 0; index < value.Length; index++)
        {
            char character = value[index];
            switch (character)
            {
                case '&':
                    target.Append("&amp;");
                    break;
                case '<':
                    target.Append("&lt;");
                    break;
                case '>':
                    target.Append("&gt;");
                    break;
                case '"':
                    target.Append("&quot;");
                    break;
                case '\'':
                    target.Append("&#39;");
                    break;
                case '\n' or '\t':
                    target.Append(character);
                    break;
                case var high when char.IsHighSurrogate(high) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]):
                    target.Append(high).Append(value[++index]);
                    break;
                default:
                    target.Append(IsUnfit(character) ? '\uFFFD' : character);
                    break;
            }
        }
    }

    // Direction overrides are unfit too: they would show octets and codes in another order than they have.
    private static bool IsUnfit(char character) =>
        char.IsControl(character) || char.IsSurrogate(character)
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>The parts of one line of markup.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        /// <summary>Begins a line.</summary>
        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = literalLength + formattedCount;
            _text = writer._text;
        }

        /// <summary>Markup.</summary>
        public void AppendLiteral(string literal) => _text.Append(literal);

        /// <summary>A text.</summary>
        public void AppendFormatted(string? value) => Escape(_text, value);

        /// <summary>A number.</summary>
        public void AppendFormatted(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");
    }
}
