using System.Security;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Packs.Variables;

/// <summary>A text of a pack in which <c>${name}</c> stands for a value that is known only when the step runs.</summary>
public sealed class TextTemplate
{
    private const string Opening = "${";

    private readonly List<Segment> _segments;
    private readonly string _file;
    private readonly string _key;
    private readonly int _line;
    private readonly int _column;

    private TextTemplate(string text, List<Segment> segments, ConfigurationNode node)
    {
        Text = text;
        _segments = segments;
        _file = node.File;
        _key = node.Path;
        _line = node.Line;
        _column = node.Column;
    }

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>What the text refers to, in order.</summary>
    public IEnumerable<VariableReference> References =>
        _segments.Where(segment => segment.Reference is not null).Select(segment => segment.Reference!);

    /// <summary>Whether nothing of the value stands in the text itself.</summary>
    public bool IsOnlyReferences => _segments.Count > 0 && _segments.TrueForAll(segment => segment.Reference is not null);

    /// <summary>Reads the text of a single value.</summary>
    /// <exception cref="ConfigurationException">A <c>${</c> is not closed, or what it holds is not a reference.</exception>
    public static TextTemplate Parse(ConfigurationNode node)
    {
        string text = node.AsText();
        List<Segment> segments = [];
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf(Opening, position, StringComparison.Ordinal);
            if (open < 0)
            {
                segments.Add(new Segment(text[position..], Reference: null));
                break;
            }

            if (open > position)
            {
                segments.Add(new Segment(text[position..open], Reference: null));
            }

            int close = text.IndexOf('}', open);
            string inner = close < 0 ? text[open..] : text[(open + Opening.Length)..close];
            if (close < 0 || !VariableReference.TryParse(inner, out VariableReference? reference))
            {
                throw node.Wrong($"'{inner}'", "${name}, ${role.property}, ${now}, ${now+1h}, ${now-30s} or ${name+1s}");
            }

            segments.Add(new Segment(Literal: string.Empty, reference));
            position = close + 1;
        }

        return new TextTemplate(text, segments, node);
    }

    /// <summary>The text with every reference replaced by its value.</summary>
    /// <exception cref="ConfigurationException">A value is not known, such as a capture of a step that did not pass.</exception>
    public string Render(IVariableSource variables) => Render(variables, static value => value);

    /// <summary>The text with every reference replaced by its value, written as XML text.</summary>
    /// <inheritdoc cref="Render(IVariableSource)"/>
    public string RenderXml(IVariableSource variables) => Render(variables, static value => SecurityElement.Escape(value));

    private string Render(IVariableSource variables, Func<string, string> encode)
    {
        if (_segments is [{ Reference: null }])
        {
            return Text;
        }

        return string.Concat(_segments.Select(segment =>
            segment.Reference is null ? segment.Literal : encode(Value(segment.Reference, variables))));
    }

    /// <summary>An error about the value that the text came to when the step ran.</summary>
    internal ConfigurationException Wrong(string found, string allowed) =>
        new(PackFaults.Value, _file, _line, _column, _key, $"'{found}'", allowed);

    private string Value(VariableReference reference, IVariableSource variables) =>
        variables.Find(reference) ?? throw new ConfigurationException(
            PackFaults.UnknownVariable, _file, _line, _column, _key, $"${{{reference.Name}}}, which has no value when the step runs",
            "a capture that an earlier step made, or a built-in value that this bench has");

    private readonly record struct Segment(string Literal, VariableReference? Reference);
}
