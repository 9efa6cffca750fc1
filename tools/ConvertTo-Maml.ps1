<#
.SYNOPSIS
    Writes the help file that Get-Help reads, from the pages in docs/en-US and from the built module.
.DESCRIPTION
    The pages hold the words. Syntax, types, positions, defaults, aliases and pipeline input come from the cmdlets themselves, so that no
    page can be wrong about them. Fails when a cmdlet has no page, when a page lacks a section or a parameter's description, and when it
    describes a parameter that the cmdlet does not have.
#>
[CmdletBinding()]
param (
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Destination,
    # Where the project lives: Get-Help -Online opens the pages there. Without it there is no such link, and PowerShell says so.
    [string] $ProjectUri
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot HelpPage.ps1)
. (Join-Path $PSScriptRoot MamlWriter.ps1)

$common = [System.Management.Automation.Cmdlet]::CommonParameters
$should = @{
    WhatIf  = 'Says what would be done, and does nothing.'
    Confirm = 'Asks before each change.'
}

function Test-HelpPage {
    param ($Page, [System.Management.Automation.CmdletInfo] $Cmdlet, [string[]] $Parameter)

    if ($Page.Name -ne $Cmdlet.Name) { "its title is '$($Page.Name)'" }
    foreach ($needed in 'SYNOPSIS', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS') {
        if (-not $Page.Sections.ContainsKey($needed)) { "section $needed is missing" }
    }
    foreach ($needed in 'SYNOPSIS', 'DESCRIPTION') {
        if (-not $Page.Sections[$needed]?.Blocks) { "section $needed is empty" }
    }
    $examples = $Page.Sections['EXAMPLES']?.Items
    if (-not (${examples}?.Values | Where-Object { $_.Fence -contains 'output' })) { 'no example shows its output' }
    foreach ($title in ${examples}?.Keys) {
        if ($examples[$title].Fence -notcontains 'powershell') { "example '$title' has no powershell block" }
    }

    $described = $Page.Sections['PARAMETERS']?.Items
    foreach ($name in $Parameter) {
        if (-not ${described}?["-$name"]) { "parameter -$name has no description" }
    }
    foreach ($heading in ${described}?.Keys) {
        if ($heading.TrimStart('-') -notin $Parameter) { "parameter $heading does not exist" }
    }
}

$cmdlets = (Import-Module $Module -PassThru).ExportedCmdlets
$problems = [System.Collections.Generic.List[string]]::new()
$topics = foreach ($cmdlet in $cmdlets.Values | Sort-Object Name) {
    $path = Join-Path $Source "$($cmdlet.Name).md"
    if (-not (Test-Path -LiteralPath $path)) {
        $problems.Add("$($cmdlet.Name).md: the page does not exist")
        continue
    }
    try {
        $page = Read-HelpPage $path
        $names = @($cmdlet.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $should.Keys })
        Test-HelpPage $page $cmdlet $names | ForEach-Object { $problems.Add("$($cmdlet.Name).md: $_") }
        @{ Cmdlet = $cmdlet; Page = $page }
    } catch {
        $problems.Add("$($cmdlet.Name).md: $_")
    }
}
if ($problems.Count -gt 0) {
    # One line each: an error's text is wrapped into a column.
    $problems | ForEach-Object { Write-Warning $_ }
    throw 'The help pages are not complete.'
}

# Not an error: while a cmdlet is being written its page may come first. The module's tests insist on every cmdlet of the manifest.
Get-ChildItem -LiteralPath $Source -Filter *-*.md | Where-Object BaseName -notin $cmdlets.Keys |
    ForEach-Object { Write-Warning "$($_.Name) describes a cmdlet that the module does not have." }

$null = New-Item -ItemType Directory -Force -Path (Split-Path $Destination)
Write-Maml -Topic $topics -Path $Destination -WhatIfAndConfirm $should -CommonParameter $common -ProjectUri $ProjectUri
