using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is one of a list of texts, exactly as written.</summary>
internal sealed class OneOfCondition(IReadOnlyList<TextTemplate> allowed) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => allowed;

    public override string ToString() =>
        string.Join(" or ", allowed.Select(template => template.Text));

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        if (allowed is [var only])
        {
            string text = only.Render(variables);
            return new ConditionResult(found == text, text);
        }

        string[] texts = [.. allowed.Select(template => template.Render(variables))];
        return new ConditionResult(found is not null && texts.Contains(found, StringComparer.Ordinal), string.Join(" or ", texts));
    }
}
