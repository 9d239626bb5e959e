using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is one text, exactly: what stands for an expectation that the pack left out.</summary>
internal sealed class TextCondition(string text) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [];

    public override string ToString() =>
        text;

    public override ConditionResult Evaluate(string? found, VariableSet variables) => new(found == text, text);
}
