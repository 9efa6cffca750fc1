# Writes MAML, the XML that Get-Help reads.

$script:Maml = 'http://schemas.microsoft.com/maml/2004/10'
$script:Command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$script:Dev = 'http://schemas.microsoft.com/maml/dev/2004/10'

# The content may be a script block, which sees this function's variables before its author's: they have names that no author uses.
function Write-Element {
    param ([string] $ElementPrefix, [string] $ElementName, $ElementContent = '', [System.Collections.IDictionary] $Attribute = @{})

    $namespace = switch ($ElementPrefix) { 'maml' { $script:Maml } 'command' { $script:Command } 'dev' { $script:Dev } }
    $script:Xml.WriteStartElement($ElementPrefix, $ElementName, $namespace)
    foreach ($key in $Attribute.Keys) {
        $script:Xml.WriteAttributeString($key, $Attribute[$key])
    }
    if ($ElementContent -is [scriptblock]) { & $ElementContent } else { $script:Xml.WriteString([string]$ElementContent) }
    $script:Xml.WriteEndElement()
}

function Write-Paragraph {
    param ([string] $Prefix, [string] $Element, $Block)

    Write-Element $Prefix $Element {
        foreach ($one in $Block) { Write-Element maml para $one.Text }
    }
}

# int[] and Nullable[int] as a reader names them.
function Get-TypeName {
    param ([type] $Type)

    $bare = [System.Nullable]::GetUnderlyingType($Type) ?? $Type
    if ($bare.IsArray) { "$(Get-TypeName $bare.GetElementType())[]" } else { $bare.Name -replace '`.*' }
}

# What the parameter holds when it is not given: the value that the cmdlet's own constructor leaves in it, or what PSDefaultValue says of
# one that is another on every machine, or in no words of a value.
function Get-DefaultText {
    param ($Instance, $Parameter)

    $said = $Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.PSDefaultValueAttribute] }
    if ($said) { return $said.Help }
    if ($Parameter.IsMandatory) { return 'None' }
    if ($Parameter.ParameterType -eq [switch]) { return 'False' }
    $value = $Instance.GetType().GetProperty($Parameter.Name)?.GetValue($Instance)
    if ($null -eq $value -or '' -eq $value) { 'None' }
    elseif ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) { @($value).Count ? @($value) -join ', ' : 'None' }
    else { [System.FormattableString]::Invariant([System.Runtime.CompilerServices.FormattableStringFactory]::Create('{0}', $value)) }
}

function Get-PipelineText {
    param ($Parameter)

    $ways = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    )
    $ways ? "True ($($ways -join ', '))" : 'False'
}

function Write-Type {
    param ([string] $Name)

    Write-Element dev type { Write-Element maml name $Name }
}

function Write-Parameter {
    param ($Parameter, $Instance, $Block)

    $attributes = [ordered]@{
        required       = "$($Parameter.IsMandatory)".ToLowerInvariant()
        variableLength = 'false'
        globbing       = "$($Parameter.Attributes.TypeId -contains [SupportsWildcards])".ToLowerInvariant()
        pipelineInput  = Get-PipelineText $Parameter
        position       = $Parameter.Position -ge 0 ? "$($Parameter.Position)" : 'named'
        aliases        = $Parameter.Aliases ? $Parameter.Aliases -join ', ' : 'none'
    }
    $type = Get-TypeName $Parameter.ParameterType
    Write-Element command parameter -Attribute $attributes {
        Write-Element maml name $Parameter.Name
        Write-Paragraph maml description $Block
        if ($Parameter.ParameterType -ne [switch]) {
            Write-Element command parameterValue $type -Attribute @{ required = 'true'; variableLength = 'false' }
        }
        Write-Type $type
        Write-Element dev defaultValue (Get-DefaultText $Instance $Parameter)
    }
}

# A heading names the type, what stands below it says which.
function Write-TypeList {
    param ([string] $List, [string] $Item, $Section)

    Write-Element command $List {
        foreach ($name in $Section.Items.Keys) {
            Write-Element command $Item {
                Write-Type $name
                Write-Paragraph maml description $Section.Items[$name]
            }
        }
    }
}

function Write-Example {
    param ([string] $Title, $Block)

    $code = foreach ($one in $Block) {
        if ($one.Fence -eq 'powershell') { 'PS> ' + ($one.Text -replace "`n", "`n>>  ") }
        elseif ($one.Fence) { "`n$($one.Text)" }
    }
    Write-Element command example {
        Write-Element maml title $Title
        Write-Element dev code ($code -join "`n")
        Write-Paragraph dev remarks ($Block | Where-Object { -not $_.Fence })
    }
}

function Write-Topic {
    param ($Topic)

    $cmdlet, $sections = $Topic.Cmdlet, $Topic.Page.Sections
    $instance = [System.Activator]::CreateInstance($cmdlet.ImplementingType)
    $words = { param ($name) $sections['PARAMETERS'].Items["-$name"] ?? @{ Text = $script:WhatIfAndConfirm[$name] } }
    $sets = @(foreach ($set in $cmdlet.ParameterSets | Sort-Object { -not $_.IsDefault }, Name) {
            # Positional first, then mandatory, then by name: the order in which a reader types them.
            , @($set.Parameters | Where-Object Name -notin $script:CommonParameter |
                    Sort-Object { $_.Position -ge 0 ? $_.Position : [int]::MaxValue }, { -not $_.IsMandatory },
                        { $_.Name -in 'WhatIf', 'Confirm' }, Name)
        })

    Write-Element command command {
        Write-Element command details {
            Write-Element command name $cmdlet.Name
            Write-Element command verb $cmdlet.Verb
            Write-Element command noun $cmdlet.Noun
            Write-Paragraph maml description $sections['SYNOPSIS'].Blocks
        }
        Write-Paragraph maml description $sections['DESCRIPTION'].Blocks
        Write-Element command syntax {
            foreach ($parameters in $sets) {
                Write-Element command syntaxItem {
                    Write-Element maml name $cmdlet.Name
                    foreach ($one in $parameters) { Write-Parameter $one $instance (& $words $one.Name) }
                }
            }
        }
        Write-Element command parameters {
            foreach ($one in $sets | ForEach-Object { $_ } | Sort-Object Name -Unique) {
                Write-Parameter $one $instance (& $words $one.Name)
            }
        }
        Write-TypeList inputTypes inputType $sections['INPUTS']
        Write-TypeList returnValues returnValue $sections['OUTPUTS']
        if ($sections['NOTES']) {
            Write-Element maml alertSet { Write-Paragraph maml alert $sections['NOTES'].Blocks }
        }
        Write-Element command examples {
            foreach ($title in $sections['EXAMPLES'].Items.Keys) { Write-Example $title $sections['EXAMPLES'].Items[$title] }
        }
        Write-Element command relatedLinks {
            if ($script:ProjectUri) {
                # Where Get-Help -Online goes: the first link that has an address.
                Write-Element maml navigationLink {
                    Write-Element maml linkText 'Online version:'
                    Write-Element maml uri "$script:ProjectUri/blob/v$($cmdlet.Version)/docs/en-US/$($cmdlet.Name).md"
                }
            }
            foreach ($link in $sections['RELATED LINKS']?.Blocks) {
                Write-Element maml navigationLink { Write-Element maml linkText ($link.Text -replace '^- ') }
            }
        }
    }
}

function Write-Maml {
    param ($Topic, [string] $Path, [hashtable] $WhatIfAndConfirm, [string[]] $CommonParameter, [string] $ProjectUri)

    $script:WhatIfAndConfirm = $WhatIfAndConfirm
    $script:CommonParameter = $CommonParameter
    $script:ProjectUri = $ProjectUri
    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $script:Xml = [System.Xml.XmlWriter]::Create($Path, $settings)
    try {
        $script:Xml.WriteStartElement('helpItems', 'http://msh')
        $script:Xml.WriteAttributeString('schema', 'maml')
        foreach ($one in $Topic) { Write-Topic $one }
        $script:Xml.WriteEndElement()
    } finally {
        $script:Xml.Dispose()
    }
}
